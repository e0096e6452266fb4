package system

import data.lintel.admission

main := {
	"apiVersion": "admission.k8s.io/v1",
	"kind": "AdmissionReview",
	"response": response,
}

messages := [refusal.msg | some refusal in admission.violation]

response := {"uid": input.request.uid, "allowed": true} if {
	count(messages) == 0
} else := {
	"uid": input.request.uid,
	"allowed": false,
	"status": {"code": 403, "message": concat("; ", messages)},
}
