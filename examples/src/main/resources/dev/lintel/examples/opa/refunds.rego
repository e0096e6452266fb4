package refunds.authz

# Refunds above the limit are made by people.
default allow := {"allowed": false, "http_status": 403, "body": "a person must do this"}

allow := {"allowed": true, "headers": {"x-checked-by": "opa"}} if {
	amount := to_number(input.parsed_query.amount[0])
	amount <= data.refunds.limits.most
}
