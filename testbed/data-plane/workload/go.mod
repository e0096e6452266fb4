module lintel-testbed-workload

go 1.26.0
