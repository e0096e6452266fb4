package lintel.admission

request := input.request

now := request.object if {
	is_object(request.object)
} else := {}

before := request.oldObject if {
	is_object(request.oldObject)
} else := {}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "VirtualService"
	not passed_over
	offenders := [host | some host in object.get(now, ["spec", "hosts"], []); not own_host_inside(host)]
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	asked_host_of_route
	not passed_over
	offenders := array.concat([host | some host in object.get(now, ["spec", "hostnames"], []); not own_host(host)], ["*" | count(object.get(now, ["spec", "hostnames"], [])) == 0; count([1 | some parent in object.get(now, ["spec", "parentRefs"], []); not object.get(parent, ["kind"], "") == "Service"]) > 0; not own_host_2])
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	asked_host_of_listener
	not passed_over
	offenders := [object.get(listener, ["hostname"], "*") | some listener in object.get(now, ["spec", "listeners"], []); not own_host_3(listener)]
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "Gateway"
	not passed_over
	offenders := [concat(", ", [host | some host in object.get(server, ["hosts"], []); not own_host(host)]) | some server in object.get(now, ["spec", "servers"], []); count([1 | some host in object.get(server, ["hosts"], []); not own_host(host)]) > 0]
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	object.get(request, ["kind", "group"], "") == "gateway.kyma-project.io"
	object.get(request, ["kind", "kind"], "") == "APIRule"
	not passed_over
	offenders := array.concat([host | some host in object.get(now, ["spec", "hosts"], []); not own_host(host)], [host | some host in [object.get(now, ["spec", "host"], "") | not object.get(now, ["spec", "host"], "") == ""]; not own_host(host)])
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	object.get(request, ["kind", "group"], "") == "networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "Ingress"
	not passed_over
	offenders := array.concat([object.get(route, ["host"], "*") | some route in object.get(now, ["spec", "rules"], []); not own_host_4(route)], ["*" | not count(object.get(now, ["spec", "defaultBackend"], {})) == 0; not own_host_2])
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.host"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "ServiceEntry"
	not passed_over
	offenders := [host | some host in object.get(now, ["spec", "hosts"], []); regex.match("^\\*(|\\.local|\\.cluster\\.local|\\.svc\\.cluster\\.local|\\.com)\\.?$|(^|\\.)example\\.com\\.?$|\\.svc(\\.cluster\\.local)?\\.?$", lower(host)); not own_host_inside(host)]
	count(offenders) > 0
	msg := concat("", ["admission.host: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " binds the host '", offenders[0], "'; bind {name}.{namespace}.example.com, or have the host listed for the namespace"])
}

violation contains {"msg": msg, "details": {"code": "admission.public"}} if {
	object.get(request, ["kind", "group"], "") == "security.istio.io"
	object.get(request, ["kind", "kind"], "") == "AuthorizationPolicy"
	not passed_over_or_public
	offenders := ["everybody" | some rule in [any_rule | some any_rule in object.get(now, ["spec", "rules"], []); object.get(now, ["spec", "action"], "ALLOW") in ["ALLOW", ""]]; not closed_rule(rule); not all_of(rule)]
	count(offenders) > 0
	msg := concat("", ["admission.public: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " opens to the public '", offenders[0], "'; ask for a token or name who may call, or have the path, the host or the namespace listed as public"])
}

violation contains {"msg": msg, "details": {"code": "admission.public"}} if {
	object.get(request, ["kind", "group"], "") == "gateway.kyma-project.io"
	object.get(request, ["kind", "kind"], "") == "APIRule"
	not passed_over_or_public
	offenders := [object.get(rule, ["path"], "") | some rule in object.get(now, ["spec", "rules"], []); open_rule(rule); not regex.match("^(/health|/\\.well-known(/[A-Za-z0-9._~/*-]*(\\{\\*\\*?\\}[A-Za-z0-9._~/*-]*){0,20})?)$", object.get(rule, ["path"], "")); not all_of_2]
	count(offenders) > 0
	msg := concat("", ["admission.public: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " opens to the public '", offenders[0], "'; ask for a token or name who may call, or have the path, the host or the namespace listed as public"])
}

violation contains {"msg": msg, "details": {"code": "admission.widens"}} if {
	object.get(request, ["kind", "group"], "") == "security.istio.io"
	object.get(request, ["kind", "kind"], "") == "AuthorizationPolicy"
	not passed_over
	offenders := ["ALLOW" | object.get(now, ["spec", "action"], "ALLOW") in ["ALLOW", ""]; not count(object.get(now, ["spec", "rules"], [])) == 0; reaches_ours]
	count(offenders) > 0
	msg := concat("", ["admission.widens: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " adds to a workload of a definition '", offenders[0], "'; say it in the definition, or select another workload by its labels; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.plaintext"}} if {
	object.get(request, ["kind", "group"], "") == "security.istio.io"
	object.get(request, ["kind", "kind"], "") == "PeerAuthentication"
	not passed_over
	offenders := ["mutual TLS is not STRICT" | could_select_ours; plaintext]
	count(offenders) > 0
	msg := concat("", ["admission.plaintext: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " weakens a workload of a definition: '", offenders[0], "'; say STRICT, or select another workload by its labels; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.keys"}} if {
	object.get(request, ["kind", "group"], "") == "security.istio.io"
	object.get(request, ["kind", "kind"], "") == "RequestAuthentication"
	not passed_over
	offenders := array.concat([object.get(issuer, ["issuer"], "") | some issuer in object.get(now, ["spec", "jwtRules"], []); object.get(issuer, ["issuer"], "") in ["https://id.example", "https://pinned.example"]; foreign_keys(issuer)], ["*" | count([1 | some issuer in object.get(now, ["spec", "jwtRules"], []); object.get(issuer, ["issuer"], "") == ""]) > 0; reaches_ours])
	count(offenders) > 0
	msg := concat("", ["admission.keys: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " brings other keys for the issuer '", offenders[0], "'; say the keys as the definitions do: jwks where they say it, jwksUri where that; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.audience"}} if {
	object.get(request, ["kind", "group"], "") == "security.istio.io"
	object.get(request, ["kind", "kind"], "") == "RequestAuthentication"
	not passed_over
	offenders := [object.get(now, ["metadata", "name"], "") | count([1 | some issuer in object.get(now, ["spec", "jwtRules"], []); object.get(issuer, ["issuer"], "") in ["https://id.example", "https://pinned.example"]; other_audiences(issuer)]) > 0; reaches_ours]
	count(offenders) > 0
	msg := concat("", ["admission.audience: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " takes tokens for others at a workload of a definition, which asks for an audience: '", offenders[0], "'; say the audiences of the definition, or select another workload by its labels; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.tls"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "DestinationRule"
	not passed_over
	offenders := [object.get(now, ["spec", "host"], "") | our_host; tls_off]
	count(offenders) > 0
	msg := concat("", ["admission.tls: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " takes mutual TLS from calls to '", offenders[0], "'; leave out tls, or say ISTIO_MUTUAL; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.filter"}} if {
	asked_widening_filter
	not passed_over
	offenders := [object.get(request, ["namespace"], "") | object.get(request, ["namespace"], "") in ["shop", "vault", "istio-system", "istio-ingress"]]
	count(offenders) > 0
	msg := concat("", ["admission.filter: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " changes the proxies of '", offenders[0], "'; say it in the definition, or have the account that writes it listed; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.network"}} if {
	object.get(request, ["kind", "group"], "") == "networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "NetworkPolicy"
	not passed_over
	offenders := [object.get(request, ["namespace"], "") | network_opens]
	count(offenders) > 0
	msg := concat("", ["admission.network: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " adds to what the network lets through in '", offenders[0], "'; say it in the definition that closes the namespace; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.sidecar"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "Sidecar"
	not passed_over
	offenders := [object.get(request, ["namespace"], "") | sidecar_replaces]
	count(offenders) > 0
	msg := concat("", ["admission.sidecar: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " takes the place of what definitions say of the proxies of '", offenders[0], "'; say it in the definition, or leave out ingress; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "ServiceEntry"
	not passed_over
	offenders := [host | some host in object.get(now, ["spec", "hosts"], []); leads_away(host)]
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " leads elsewhere calls to '", offenders[0], "'; say by the definition where calls go; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "VirtualService"
	not passed_over
	offenders := [host | some host in object.get(now, ["spec", "hosts"], []); meets_the_mesh; regex.match("^(istio-system (api\\.psp\\.example|\\*\\.psp\\.example|\\*\\.example|\\*|\\*[^. ][^ ]*)\\.?|shop ([^ ]*\\.eu\\.example|\\*\\.eu\\.example|\\*\\.example|\\*|\\*[^. ][^ ]*)\\.?)$", concat("", [object.get(request, ["namespace"], ""), " ", lower(host)]))]
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " leads elsewhere calls to '", offenders[0], "'; say by the definition where calls go; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "WorkloadEntry"
	not passed_over_with_its_labels
	offenders := [object.get(now, ["spec", "address"], "") | is_selected]
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " takes calls to a workload of a definition at '", offenders[0], "'; give it other labels; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "VirtualService"
	not passed_over
	offenders := [host | some host in object.get(now, ["spec", "hosts"], []); meets_the_mesh; route_host(host)]
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " leads elsewhere calls to '", offenders[0], "'; say by the definition where calls go; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	asked_widening_parent
	not passed_over
	offenders := [concat("", [object.get(parent, ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(parent, ["name"], "")]) | some parent in object.get(now, ["spec", "parentRefs"], []); parent_of_ours(parent)]
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " leads elsewhere calls to '", offenders[0], "'; say by the definition where calls go; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "VirtualService"
	not passed_over
	offenders := array.concat(array.concat([concat(", ", array.concat(array.concat([object.get(route, ["mirror", "host"], "") | is_out(route)], [object.get(leg, ["destination", "host"], "") | some leg in object.get(route, ["route"], []); is_out_2(leg)]), [object.get(leg, ["destination", "host"], "") | some leg in object.get(route, ["mirrors"], []); is_out_2(leg)])) | some route in object.get(now, ["spec", "http"], []); leads_out(route)], [concat(", ", array.concat(array.concat([object.get(route, ["mirror", "host"], "") | is_out(route)], [object.get(leg, ["destination", "host"], "") | some leg in object.get(route, ["route"], []); is_out_2(leg)]), [object.get(leg, ["destination", "host"], "") | some leg in object.get(route, ["mirrors"], []); is_out_2(leg)])) | some route in object.get(now, ["spec", "tls"], []); leads_out(route)]), [concat(", ", array.concat(array.concat([object.get(route, ["mirror", "host"], "") | is_out(route)], [object.get(leg, ["destination", "host"], "") | some leg in object.get(route, ["route"], []); is_out_2(leg)]), [object.get(leg, ["destination", "host"], "") | some leg in object.get(route, ["mirrors"], []); is_out_2(leg)])) | some route in object.get(now, ["spec", "tcp"], []); leads_out(route)])
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " leads by another way to '", offenders[0], "'; say by the definition where calls go; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.redirect"}} if {
	asked_widening_backend
	not passed_over
	offenders := [concat(", ", array.concat([object.get(leg, ["name"], "") | some leg in object.get(route, ["backendRefs"], []); object.get(leg, ["kind"], "") == "Hostname"; names_out(leg)], [object.get(object.get(leg, ["requestMirror", "backendRef"], {}), ["name"], "") | some leg in object.get(route, ["filters"], []); object.get(object.get(leg, ["requestMirror", "backendRef"], {}), ["kind"], "") == "Hostname"; names_out_2(leg)])) | some route in object.get(now, ["spec", "rules"], []); backend_out(route)]
	count(offenders) > 0
	msg := concat("", ["admission.redirect: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " leads by another way to '", offenders[0], "'; say by the definition where calls go; a definition is applied by an account of appliedBy(\u2026)"])
}

violation contains {"msg": msg, "details": {"code": "admission.ours"}} if {
	asked_ownership
	not may_write_ours
	offenders := [object.get(request, ["userInfo", "username"], "") | is_ours]
	count(offenders) > 0
	msg := concat("", ["admission.ours: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " is of a definition, and not to be touched by '", offenders[0], "'; change the definition and apply it by an account of appliedBy(\u2026), or take the label app.kubernetes.io/managed-by from your own object"])
}

violation contains {"msg": msg, "details": {"code": "admission.image"}} if {
	asked_image_of_pod
	not all_of_8
	offenders := array.concat([object.get(container, ["image"], "") | some container in array.concat(array.concat(object.get(object.get(now, ["spec"], {}), ["containers"], []), object.get(object.get(now, ["spec"], {}), ["initContainers"], [])), object.get(object.get(now, ["spec"], {}), ["ephemeralContainers"], [])); not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(container, ["image"], ""))], [object.get(volume, ["image", "reference"], "") | some volume in object.get(object.get(now, ["spec"], {}), ["volumes"], []); not object.get(volume, ["image", "reference"], "") == ""; not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(volume, ["image", "reference"], ""))])
	count(offenders) > 0
	msg := concat("", ["admission.image: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " runs the image '", offenders[0], "'; allowed are ghcr.io/acme/*, docker.io/library/redis, with the registry written out"])
}

violation contains {"msg": msg, "details": {"code": "admission.image"}} if {
	object.get(request, ["kind", "group"], "") == ""
	object.get(request, ["kind", "kind"], "") == "PodTemplate"
	not all_of_8
	offenders := array.concat([object.get(container, ["image"], "") | some container in array.concat(array.concat(object.get(object.get(now, ["template", "spec"], {}), ["containers"], []), object.get(object.get(now, ["template", "spec"], {}), ["initContainers"], [])), object.get(object.get(now, ["template", "spec"], {}), ["ephemeralContainers"], [])); not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(container, ["image"], ""))], [object.get(volume, ["image", "reference"], "") | some volume in object.get(object.get(now, ["template", "spec"], {}), ["volumes"], []); not object.get(volume, ["image", "reference"], "") == ""; not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(volume, ["image", "reference"], ""))])
	count(offenders) > 0
	msg := concat("", ["admission.image: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " runs the image '", offenders[0], "'; allowed are ghcr.io/acme/*, docker.io/library/redis, with the registry written out"])
}

violation contains {"msg": msg, "details": {"code": "admission.image"}} if {
	asked_image_of_workload
	not all_of_8
	offenders := array.concat([object.get(container, ["image"], "") | some container in array.concat(array.concat(object.get(object.get(now, ["spec", "template", "spec"], {}), ["containers"], []), object.get(object.get(now, ["spec", "template", "spec"], {}), ["initContainers"], [])), object.get(object.get(now, ["spec", "template", "spec"], {}), ["ephemeralContainers"], [])); not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(container, ["image"], ""))], [object.get(volume, ["image", "reference"], "") | some volume in object.get(object.get(now, ["spec", "template", "spec"], {}), ["volumes"], []); not object.get(volume, ["image", "reference"], "") == ""; not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(volume, ["image", "reference"], ""))])
	count(offenders) > 0
	msg := concat("", ["admission.image: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " runs the image '", offenders[0], "'; allowed are ghcr.io/acme/*, docker.io/library/redis, with the registry written out"])
}

violation contains {"msg": msg, "details": {"code": "admission.image"}} if {
	object.get(request, ["kind", "group"], "") == "batch"
	object.get(request, ["kind", "kind"], "") == "CronJob"
	not all_of_8
	offenders := array.concat([object.get(container, ["image"], "") | some container in array.concat(array.concat(object.get(object.get(now, ["spec", "jobTemplate", "spec", "template", "spec"], {}), ["containers"], []), object.get(object.get(now, ["spec", "jobTemplate", "spec", "template", "spec"], {}), ["initContainers"], [])), object.get(object.get(now, ["spec", "jobTemplate", "spec", "template", "spec"], {}), ["ephemeralContainers"], [])); not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(container, ["image"], ""))], [object.get(volume, ["image", "reference"], "") | some volume in object.get(object.get(now, ["spec", "jobTemplate", "spec", "template", "spec"], {}), ["volumes"], []); not object.get(volume, ["image", "reference"], "") == ""; not regex.match("^(ghcr\\.io/acme(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?|docker\\.io/library/redis(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?)$", object.get(volume, ["image", "reference"], ""))])
	count(offenders) > 0
	msg := concat("", ["admission.image: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " runs the image '", offenders[0], "'; allowed are ghcr.io/acme/*, docker.io/library/redis, with the registry written out"])
}

violation contains {"msg": msg, "details": {"code": "admission.gateway"}} if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "VirtualService"
	not passed_over
	offenders := array.concat(array.concat(array.concat([gateway | some gateway in object.get(object.get(now, ["spec"], {}), ["gateways"], []); not allowed_gateway(gateway)], [concat(", ", [concat(", ", [gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) | some matched in object.get(route, ["match"], []); not count([gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) == 0]) | some route in object.get(object.get(now, ["spec"], {}), ["http"], []); not count([concat(", ", [gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) | some matched in object.get(route, ["match"], []); not count([gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) == 0]) == 0]), [concat(", ", [concat(", ", [gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) | some matched in object.get(route, ["match"], []); not count([gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) == 0]) | some route in object.get(object.get(now, ["spec"], {}), ["tls"], []); not count([concat(", ", [gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) | some matched in object.get(route, ["match"], []); not count([gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) == 0]) == 0]), [concat(", ", [concat(", ", [gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) | some matched in object.get(route, ["match"], []); not count([gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) == 0]) | some route in object.get(object.get(now, ["spec"], {}), ["tcp"], []); not count([concat(", ", [gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) | some matched in object.get(route, ["match"], []); not count([gateway | some gateway in object.get(matched, ["gateways"], []); not allowed_gateway(gateway)]) == 0]) == 0])
	count(offenders) > 0
	msg := concat("", ["admission.gateway: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " hangs on the gateway '", offenders[0], "'; allowed are istio-ingress/shared"])
}

violation contains {"msg": msg, "details": {"code": "admission.gateway"}} if {
	asked_gateway_of_route
	not passed_over
	offenders := [concat("", [object.get(parent, ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(parent, ["name"], "")]) | some parent in object.get(object.get(now, ["spec"], {}), ["parentRefs"], []); not allowed_parent(parent)]
	count(offenders) > 0
	msg := concat("", ["admission.gateway: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " hangs on the gateway '", offenders[0], "'; allowed are istio-ingress/shared"])
}

violation contains {"msg": msg, "details": {"code": "admission.gateway"}} if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "ListenerSet"
	not passed_over
	offenders := [concat("", [object.get(object.get(object.get(now, ["spec"], {}), ["parentRef"], {}), ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(object.get(object.get(now, ["spec"], {}), ["parentRef"], {}), ["name"], "")]) | not allowed_parent_2]
	count(offenders) > 0
	msg := concat("", ["admission.gateway: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " hangs on the gateway '", offenders[0], "'; allowed are istio-ingress/shared"])
}

violation contains {"msg": msg, "details": {"code": "admission.gateway"}} if {
	object.get(request, ["kind", "group"], "") == "gateway.kyma-project.io"
	object.get(request, ["kind", "kind"], "") == "APIRule"
	not passed_over
	offenders := array.concat([object.get(now, ["spec", "gateway"], "") | not object.get(now, ["spec", "gateway"], "") == ""; not regex.match("^(istio-ingress/shared)$", object.get(now, ["spec", "gateway"], ""))], [object.get(now, ["spec", "externalGateway"], "") | not object.get(now, ["spec", "externalGateway"], "") == ""; not regex.match("^(istio-ingress/shared)$", object.get(now, ["spec", "externalGateway"], ""))])
	count(offenders) > 0
	msg := concat("", ["admission.gateway: ", object.get(request, ["kind", "kind"], ""), " ", object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "name"], object.get(before, ["metadata", "name"], "")), " hangs on the gateway '", offenders[0], "'; allowed are istio-ingress/shared"])
}

passed_over if {
	object.get(request, ["operation"], "") == "UPDATE"
	object.get(now, ["spec"], {}) == object.get(before, ["spec"], {})
	object.get(now, ["template"], {}) == object.get(before, ["template"], {})
}

passed_over if {
	object.get(request, ["operation"], "") in ["DELETE"]
}

passed_over if {
	object.get(now, ["metadata", "labels", "app.kubernetes.io/managed-by"], "") == "lintel"
	object.get(request, ["userInfo", "username"], "") in ["system:serviceaccount:ci:lintel"]
}

passed_over if {
	object.get(request, ["userInfo", "username"], "") in ["system:serviceaccount:kyma-system:api-gateway"]
}

own_host(host) if {
	regex.match(concat("", ["^([-a-z0-9*.]+/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?\\.", object.get(request, ["namespace"], ""), "\\.example\\.com$"]), host)
}

own_host(host) if {
	count([1 | some expression in ["^istio-ingress ([-a-z0-9*.]+/)?(\\*|[-a-z0-9.]+)\\.example\\.com$"]; regex.match(expression, concat("", [object.get(request, ["namespace"], ""), " ", host]))]) > 0
}

own_host_inside(host) if {
	own_host(host)
}

own_host_inside(host) if {
	regex.match(concat("", ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.", object.get(request, ["namespace"], ""), "(\\.svc(\\.cluster\\.local)?)?)?$"]), host)
}

asked_host_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "HTTPRoute"
}

asked_host_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "GRPCRoute"
}

asked_host_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TLSRoute"
}

own_host_2 if {
	regex.match(concat("", ["^([-a-z0-9*.]+/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?\\.", object.get(request, ["namespace"], ""), "\\.example\\.com$"]), "*")
}

own_host_2 if {
	count([1 | some expression in ["^istio-ingress ([-a-z0-9*.]+/)?(\\*|[-a-z0-9.]+)\\.example\\.com$"]; regex.match(expression, concat("", [object.get(request, ["namespace"], ""), " ", "*"]))]) > 0
}

asked_host_of_listener if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "Gateway"
}

asked_host_of_listener if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "ListenerSet"
}

own_host_3(listener) if {
	regex.match(concat("", ["^([-a-z0-9*.]+/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?\\.", object.get(request, ["namespace"], ""), "\\.example\\.com$"]), object.get(listener, ["hostname"], "*"))
}

own_host_3(listener) if {
	count([1 | some expression in ["^istio-ingress ([-a-z0-9*.]+/)?(\\*|[-a-z0-9.]+)\\.example\\.com$"]; regex.match(expression, concat("", [object.get(request, ["namespace"], ""), " ", object.get(listener, ["hostname"], "*")]))]) > 0
}

own_host_4(route) if {
	regex.match(concat("", ["^([-a-z0-9*.]+/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?\\.", object.get(request, ["namespace"], ""), "\\.example\\.com$"]), object.get(route, ["host"], "*"))
}

own_host_4(route) if {
	count([1 | some expression in ["^istio-ingress ([-a-z0-9*.]+/)?(\\*|[-a-z0-9.]+)\\.example\\.com$"]; regex.match(expression, concat("", [object.get(request, ["namespace"], ""), " ", object.get(route, ["host"], "*")]))]) > 0
}

passed_over_or_public if {
	passed_over
}

passed_over_or_public if {
	object.get(request, ["namespace"], "") in ["website"]
}

closed_source(from) if {
	not count(object.get(object.get(from, ["source"], {}), ["requestPrincipals"], [])) == 0
}

closed_source(from) if {
	not count(object.get(object.get(from, ["source"], {}), ["principals"], [])) == 0
	every value in object.get(object.get(from, ["source"], {}), ["principals"], []) { regex.match("^[a-z0-9.-]+/ns/[a-z0-9-]+/(\\*|sa/[^*]+\\*?)$", value); not regex.match("/ns/(istio-ingress)/", value) }
}

closed_source(from) if {
	not count(object.get(object.get(from, ["source"], {}), ["namespaces"], [])) == 0
	every value in object.get(object.get(from, ["source"], {}), ["namespaces"], []) { regex.match("^[a-z0-9-]+$", value); not value in ["istio-ingress"] }
}

closed_source(from) if {
	not count(object.get(object.get(from, ["source"], {}), ["serviceAccounts"], [])) == 0
	every value in object.get(object.get(from, ["source"], {}), ["serviceAccounts"], []) { regex.match("^[^*]+$", value); not regex.match("^(istio-ingress)/", value) }
}

closed_condition(condition) if {
	regex.match("^request\\.auth\\.", object.get(condition, ["key"], ""))
	not count(object.get(condition, ["values"], [])) == 0
}

closed_condition(condition) if {
	object.get(condition, ["key"], "") in ["source.principal"]
	not count(object.get(condition, ["values"], [])) == 0
	every value in object.get(condition, ["values"], []) { regex.match("^[a-z0-9.-]+/ns/[a-z0-9-]+/(\\*|sa/[^*]+\\*?)$", value); not regex.match("/ns/(istio-ingress)/", value) }
}

closed_condition(condition) if {
	object.get(condition, ["key"], "") in ["source.namespace"]
	not count(object.get(condition, ["values"], [])) == 0
	every value in object.get(condition, ["values"], []) { regex.match("^[a-z0-9-]+$", value); not value in ["istio-ingress"] }
}

closed_condition(condition) if {
	object.get(condition, ["key"], "") in ["source.serviceAccount"]
	not count(object.get(condition, ["values"], [])) == 0
	every value in object.get(condition, ["values"], []) { regex.match("^[^*]+$", value); not regex.match("^(istio-ingress)/", value) }
}

closed_rule(rule) if {
	not count(object.get(rule, ["from"], [])) == 0
	every from in object.get(rule, ["from"], []) { closed_source(from) }
}

closed_rule(rule) if {
	count([1 | some condition in object.get(rule, ["when"], []); closed_condition(condition)]) > 0
}

public_operation(to) if {
	not count(object.get(object.get(to, ["operation"], {}), ["paths"], [])) == 0
	every path in object.get(object.get(to, ["operation"], {}), ["paths"], []) { regex.match("^(/health|/\\.well-known(/[A-Za-z0-9._~/*-]*(\\{\\*\\*?\\}[A-Za-z0-9._~/*-]*){0,20})?)$", path) }
}

public_operation(to) if {
	not count(object.get(object.get(to, ["operation"], {}), ["hosts"], [])) == 0
	every host in object.get(object.get(to, ["operation"], {}), ["hosts"], []) { regex.match("^(www\\.shop\\.example\\.com(:[0-9]+|:\\*)?)$", host) }
}

all_of(rule) if {
	not count(object.get(rule, ["to"], [])) == 0
	every to in object.get(rule, ["to"], []) { public_operation(to) }
}

open_rule(rule) if {
	object.get(rule, ["noAuth"], false) == true
}

open_rule(rule) if {
	count([1 | some strategy in object.get(rule, ["accessStrategies"], []); object.get(strategy, ["handler"], "") in ["allow", "no_auth", "noop", "anonymous"]]) > 0
}

all_of_2 if {
	not count(array.concat(object.get(now, ["spec", "hosts"], []), [object.get(now, ["spec", "host"], "") | not object.get(now, ["spec", "host"], "") == ""])) == 0
	every host in array.concat(object.get(now, ["spec", "hosts"], []), [object.get(now, ["spec", "host"], "") | not object.get(now, ["spec", "host"], "") == ""]) { regex.match("^(www\\.shop\\.example\\.com(:[0-9]+|:\\*)?)$", host) }
}

could_select_ours if {
	concat("", [object.get(request, ["namespace"], ""), "/", object.get(now, ["spec", "selector", "matchLabels", "app"], "")]) in ["shop/cards", "shop/orders", "shop/", "istio-system/cards", "istio-system/orders", "istio-system/"]
}

could_select_ours if {
	object.get(request, ["namespace"], "") in ["vault", "istio-system"]
}

all_of_3(target) if {
	object.get(target, ["kind"], "") == "Service"
	not concat("", [object.get(target, ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(target, ["name"], "")]) in ["shop/cards", "shop/orders"]
}

all_of_4 if {
	object.get(object.get(now, ["spec", "targetRef"], {}), ["kind"], "") == "Service"
	not concat("", [object.get(object.get(now, ["spec", "targetRef"], {}), ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(object.get(now, ["spec", "targetRef"], {}), ["name"], "")]) in ["shop/cards", "shop/orders"]
}

reaches_ours if {
	count(object.get(now, ["spec", "targetRefs"], [])) == 0
	count(object.get(now, ["spec", "targetRef"], {})) == 0
	could_select_ours
}

reaches_ours if {
	count([1 | some target in object.get(now, ["spec", "targetRefs"], []); object.get(request, ["namespace"], "") in ["shop", "vault", "istio-system"]; not all_of_3(target)]) > 0
}

reaches_ours if {
	not count(object.get(now, ["spec", "targetRef"], {})) == 0
	object.get(request, ["namespace"], "") in ["shop", "vault", "istio-system"]
	not all_of_4
}

plaintext if {
	not object.get(now, ["spec", "mtls", "mode"], "") in ["STRICT"]
}

plaintext if {
	count([1 | some port in [value | some value in object.get(now, ["spec", "portLevelMtls"], {})]; not object.get(port, ["mode"], "") in ["STRICT"]]) > 0
}

all_of_5(issuer) if {
	not object.get(issuer, ["jwks"], "") == ""
}

all_of_6(issuer) if {
	not object.get(issuer, ["jwksUri"], "") == ""
}

all_of_7(issuer) if {
	not object.get(issuer, ["jwks_uri"], "") == ""
}

foreign_keys(issuer) if {
	not object.get(issuer, ["jwks"], "") == ""
	not concat("", [object.get(issuer, ["issuer"], ""), " ", object.get(issuer, ["jwks"], "")]) in ["https://pinned.example {\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}"]
}

foreign_keys(issuer) if {
	not object.get(issuer, ["jwksUri"], "") == ""
	not concat("", [object.get(issuer, ["issuer"], ""), " ", object.get(issuer, ["jwksUri"], "")]) in ["https://id.example https://id.example/keys"]
}

foreign_keys(issuer) if {
	not object.get(issuer, ["jwks_uri"], "") == ""
	not concat("", [object.get(issuer, ["issuer"], ""), " ", object.get(issuer, ["jwks_uri"], "")]) in ["https://id.example https://id.example/keys"]
}

foreign_keys(issuer) if {
	object.get(issuer, ["issuer"], "") in ["https://pinned.example"]
	not all_of_5(issuer)
	not all_of_6(issuer)
	not all_of_7(issuer)
}

other_audiences(issuer) if {
	count(object.get(issuer, ["audiences"], [])) == 0
}

other_audiences(issuer) if {
	count([1 | some audience in object.get(issuer, ["audiences"], []); not concat("", [object.get(issuer, ["issuer"], ""), " ", audience]) in ["https://id.example orders", "https://pinned.example orders"]]) > 0
}

our_host if {
	concat("", [object.get(request, ["namespace"], ""), "/", lower(object.get(now, ["spec", "host"], ""))]) in ["shop/cards", "shop/orders", "istio-system/istio-egressgateway"]
}

our_host if {
	regex.match("^(cards\\.shop|orders\\.shop|istio-egressgateway\\.istio-system)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(object.get(now, ["spec", "host"], "")))
}

our_host if {
	regex.match("^\\*[^.]*((\\.(istio-system|shop|vault))?\\.svc\\.cluster\\.local|\\.cluster\\.local|\\.local)?\\.?$", lower(object.get(now, ["spec", "host"], "")))
}

other_tls if {
	not object.get(object.get(now, ["spec", "trafficPolicy"], {}), ["tls", "mode"], object.get(object.get(now, ["spec", "trafficPolicy"], {}), ["tls"], "ISTIO_MUTUAL")) in ["ISTIO_MUTUAL"]
}

other_tls if {
	count([1 | some port in object.get(object.get(now, ["spec", "trafficPolicy"], {}), ["portLevelSettings"], []); not object.get(port, ["tls", "mode"], object.get(port, ["tls"], "ISTIO_MUTUAL")) in ["ISTIO_MUTUAL"]]) > 0
}

other_tls_2(subset) if {
	not object.get(object.get(subset, ["trafficPolicy"], {}), ["tls", "mode"], object.get(object.get(subset, ["trafficPolicy"], {}), ["tls"], "ISTIO_MUTUAL")) in ["ISTIO_MUTUAL"]
}

other_tls_2(subset) if {
	count([1 | some port in object.get(object.get(subset, ["trafficPolicy"], {}), ["portLevelSettings"], []); not object.get(port, ["tls", "mode"], object.get(port, ["tls"], "ISTIO_MUTUAL")) in ["ISTIO_MUTUAL"]]) > 0
}

tls_off if {
	other_tls
}

tls_off if {
	count([1 | some subset in object.get(now, ["spec", "subsets"], []); other_tls_2(subset)]) > 0
}

asked_widening_filter if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
	object.get(request, ["kind", "kind"], "") == "EnvoyFilter"
}

asked_widening_filter if {
	object.get(request, ["kind", "group"], "") == "extensions.istio.io"
	object.get(request, ["kind", "kind"], "") == "WasmPlugin"
}

asked_widening_filter if {
	object.get(request, ["kind", "group"], "") == "extensions.istio.io"
	object.get(request, ["kind", "kind"], "") == "TrafficExtension"
}

network_opens if {
	object.get(request, ["namespace"], "") in ["vault"]
	not count(object.get(now, ["spec", "ingress"], [])) == 0
}

network_opens if {
	object.get(request, ["namespace"], "") in ["vault"]
	not count(object.get(now, ["spec", "egress"], [])) == 0
}

sidecar_replaces if {
	object.get(request, ["namespace"], "") in ["shop", "vault"]
}

sidecar_replaces if {
	object.get(request, ["namespace"], "") in ["shop", "vault", "istio-system"]
	not count(object.get(now, ["spec", "ingress"], [])) == 0
}

sees_the_entry(place, host) if {
	place == "*"
	regex.match("^(cards|orders|istio-egressgateway)\\.?$", lower(host))
}

sees_the_entry(place, host) if {
	place == "."
	regex.match("^(shop/cards|shop/orders|istio-system/istio-egressgateway)\\.?$", concat("", [object.get(request, ["namespace"], ""), "/", lower(host)]))
}

sees_the_entry(place, host) if {
	regex.match("^(shop/cards|shop/orders|istio-system/istio-egressgateway)\\.?$", concat("", [place, "/", lower(host)]))
}

calls_ours(host) if {
	regex.match("^(cards\\.shop|orders\\.shop|istio-egressgateway\\.istio-system)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(host))
}

calls_ours(host) if {
	count(object.get(now, ["spec", "exportTo"], [])) == 0
	regex.match("^(cards|orders|istio-egressgateway)\\.?$", lower(host))
}

calls_ours(host) if {
	count([1 | some place in object.get(now, ["spec", "exportTo"], []); sees_the_entry(place, host)]) > 0
}

leads_away(host) if {
	regex.match("^(istio-system (api\\.psp\\.example)\\.?|shop ([^ ]*\\.eu\\.example)\\.?)$", concat("", [object.get(request, ["namespace"], ""), " ", lower(host)]))
}

leads_away(host) if {
	calls_ours(host)
}

meets_the_mesh if {
	count(object.get(now, ["spec", "gateways"], [])) == 0
}

meets_the_mesh if {
	"mesh" in object.get(now, ["spec", "gateways"], [])
}

passed_over_with_its_labels if {
	object.get(request, ["operation"], "") == "UPDATE"
	object.get(now, ["spec"], {}) == object.get(before, ["spec"], {})
	object.get(now, ["template"], {}) == object.get(before, ["template"], {})
	object.get(now, ["metadata", "labels"], {}) == object.get(before, ["metadata", "labels"], {})
}

passed_over_with_its_labels if {
	object.get(request, ["operation"], "") in ["DELETE"]
}

passed_over_with_its_labels if {
	object.get(now, ["metadata", "labels", "app.kubernetes.io/managed-by"], "") == "lintel"
	object.get(request, ["userInfo", "username"], "") in ["system:serviceaccount:ci:lintel"]
}

passed_over_with_its_labels if {
	object.get(request, ["userInfo", "username"], "") in ["system:serviceaccount:kyma-system:api-gateway"]
}

is_selected if {
	concat("", [object.get(request, ["namespace"], ""), "/", object.get(now, ["metadata", "labels", "app"], "")]) in ["shop/cards", "shop/orders"]
}

is_selected if {
	concat("", [object.get(request, ["namespace"], ""), "/", object.get(now, ["spec", "labels", "app"], "")]) in ["shop/cards", "shop/orders"]
}

route_host(host) if {
	concat("", [object.get(request, ["namespace"], ""), "/", lower(host)]) in ["shop/cards", "shop/orders", "istio-system/istio-egressgateway"]
}

route_host(host) if {
	regex.match("^(cards\\.shop|orders\\.shop|istio-egressgateway\\.istio-system)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(host))
}

route_host(host) if {
	regex.match("^\\*[^.]*((\\.(istio-system|shop|vault))?\\.svc\\.cluster\\.local|\\.cluster\\.local|\\.local)?\\.?$", lower(host))
}

asked_widening_parent if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "HTTPRoute"
}

asked_widening_parent if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "GRPCRoute"
}

asked_widening_parent if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TLSRoute"
}

asked_widening_parent if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TCPRoute"
}

asked_widening_parent if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "UDPRoute"
}

parent_of_ours(parent) if {
	object.get(parent, ["kind"], "") == "Service"
	concat("", [object.get(parent, ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(parent, ["name"], "")]) in ["shop/cards", "shop/orders", "istio-system/istio-egressgateway"]
}

parent_of_ours(parent) if {
	object.get(parent, ["kind"], "") == "ServiceEntry"
	concat("", [object.get(parent, ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(parent, ["name"], "")]) in ["istio-system/egress-api.psp.example", "shop/cards", "shop/egress.eu.example"]
}

is_elsewhere(route) if {
	concat("", [object.get(request, ["namespace"], ""), "/", lower(object.get(route, ["mirror", "host"], ""))]) in ["shop/cards"]
}

is_elsewhere(route) if {
	regex.match("^(cards\\.shop)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(object.get(route, ["mirror", "host"], "")))
}

is_out(route) if {
	is_elsewhere(route)
}

is_out(route) if {
	count([1 | some gateway in object.get(now, ["spec", "gateways"], []); not gateway == "mesh"]) > 0
	regex.match("^(api\\.psp\\.example|.*\\.eu\\.example)\\.?$", lower(object.get(route, ["mirror", "host"], "")))
}

is_elsewhere_2(leg) if {
	concat("", [object.get(request, ["namespace"], ""), "/", lower(object.get(leg, ["destination", "host"], ""))]) in ["shop/cards"]
}

is_elsewhere_2(leg) if {
	regex.match("^(cards\\.shop)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(object.get(leg, ["destination", "host"], "")))
}

is_out_2(leg) if {
	is_elsewhere_2(leg)
}

is_out_2(leg) if {
	count([1 | some gateway in object.get(now, ["spec", "gateways"], []); not gateway == "mesh"]) > 0
	regex.match("^(api\\.psp\\.example|.*\\.eu\\.example)\\.?$", lower(object.get(leg, ["destination", "host"], "")))
}

leads_out(route) if {
	is_out(route)
}

leads_out(route) if {
	count([1 | some leg in object.get(route, ["route"], []); is_out_2(leg)]) > 0
}

leads_out(route) if {
	count([1 | some leg in object.get(route, ["mirrors"], []); is_out_2(leg)]) > 0
}

asked_widening_backend if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "HTTPRoute"
}

asked_widening_backend if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "GRPCRoute"
}

asked_widening_backend if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TLSRoute"
}

asked_widening_backend if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TCPRoute"
}

asked_widening_backend if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "UDPRoute"
}

is_elsewhere_3(leg) if {
	concat("", [object.get(request, ["namespace"], ""), "/", lower(object.get(leg, ["name"], ""))]) in ["shop/cards"]
}

is_elsewhere_3(leg) if {
	regex.match("^(cards\\.shop)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(object.get(leg, ["name"], "")))
}

names_out(leg) if {
	is_elsewhere_3(leg)
}

names_out(leg) if {
	regex.match("^(api\\.psp\\.example|.*\\.eu\\.example)\\.?$", lower(object.get(leg, ["name"], "")))
}

is_elsewhere_4(leg) if {
	concat("", [object.get(request, ["namespace"], ""), "/", lower(object.get(object.get(leg, ["requestMirror", "backendRef"], {}), ["name"], ""))]) in ["shop/cards"]
}

is_elsewhere_4(leg) if {
	regex.match("^(cards\\.shop)(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$", lower(object.get(object.get(leg, ["requestMirror", "backendRef"], {}), ["name"], "")))
}

names_out_2(leg) if {
	is_elsewhere_4(leg)
}

names_out_2(leg) if {
	regex.match("^(api\\.psp\\.example|.*\\.eu\\.example)\\.?$", lower(object.get(object.get(leg, ["requestMirror", "backendRef"], {}), ["name"], "")))
}

backend_out(route) if {
	count([1 | some leg in object.get(route, ["backendRefs"], []); object.get(leg, ["kind"], "") == "Hostname"; names_out(leg)]) > 0
}

backend_out(route) if {
	count([1 | some leg in object.get(route, ["filters"], []); object.get(object.get(leg, ["requestMirror", "backendRef"], {}), ["kind"], "") == "Hostname"; names_out_2(leg)]) > 0
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "networking.istio.io"
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "security.istio.io"
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "extensions.istio.io"
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "gateway.envoyproxy.io"
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "gateway.kyma-project.io"
}

asked_ownership if {
	object.get(request, ["kind", "group"], "") == "networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "NetworkPolicy"
}

may_write_ours if {
	object.get(request, ["userInfo", "username"], "") in ["system:serviceaccount:ci:lintel"]
}

may_write_ours if {
	object.get(request, ["userInfo", "username"], "") in ["system:serviceaccount:kube-system:namespace-controller", "system:serviceaccount:kube-system:generic-garbage-collector"]
}

is_ours if {
	object.get(now, ["metadata", "labels", "app.kubernetes.io/managed-by"], "") == "lintel"
}

is_ours if {
	object.get(before, ["metadata", "labels", "app.kubernetes.io/managed-by"], "") == "lintel"
}

asked_image_of_pod if {
	object.get(request, ["kind", "group"], "") == ""
	object.get(request, ["kind", "kind"], "") == "Pod"
}

asked_image_of_pod if {
	object.get(request, ["kind", "group"], "") == ""
	object.get(request, ["kind", "kind"], "") == "Pod"
}

all_of_8 if {
	object.get(request, ["operation"], "") == "UPDATE"
	object.get(now, ["spec"], {}) == object.get(before, ["spec"], {})
	object.get(now, ["template"], {}) == object.get(before, ["template"], {})
}

asked_image_of_workload if {
	object.get(request, ["kind", "group"], "") == ""
	object.get(request, ["kind", "kind"], "") == "ReplicationController"
}

asked_image_of_workload if {
	object.get(request, ["kind", "group"], "") == "apps"
	object.get(request, ["kind", "kind"], "") == "Deployment"
}

asked_image_of_workload if {
	object.get(request, ["kind", "group"], "") == "apps"
	object.get(request, ["kind", "kind"], "") == "ReplicaSet"
}

asked_image_of_workload if {
	object.get(request, ["kind", "group"], "") == "apps"
	object.get(request, ["kind", "kind"], "") == "StatefulSet"
}

asked_image_of_workload if {
	object.get(request, ["kind", "group"], "") == "apps"
	object.get(request, ["kind", "kind"], "") == "DaemonSet"
}

asked_image_of_workload if {
	object.get(request, ["kind", "group"], "") == "batch"
	object.get(request, ["kind", "kind"], "") == "Job"
}

allowed_gateway(gateway) if {
	gateway in ["mesh"]
}

allowed_gateway(gateway) if {
	regex.match("^(istio-ingress/shared)$", gateway)
}

allowed_gateway(gateway) if {
	regex.match("^(istio-ingress/shared)$", concat("", [object.get(request, ["namespace"], ""), "/", gateway]))
}

asked_gateway_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "HTTPRoute"
}

asked_gateway_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "GRPCRoute"
}

asked_gateway_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TLSRoute"
}

asked_gateway_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "TCPRoute"
}

asked_gateway_of_route if {
	object.get(request, ["kind", "group"], "") == "gateway.networking.k8s.io"
	object.get(request, ["kind", "kind"], "") == "UDPRoute"
}

allowed_parent(parent) if {
	object.get(parent, ["kind"], "Gateway") == "Service"
}

allowed_parent(parent) if {
	object.get(parent, ["kind"], "Gateway") == "Gateway"
	regex.match("^(istio-ingress/shared)$", concat("", [object.get(parent, ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(parent, ["name"], "")]))
}

allowed_parent_2 if {
	object.get(object.get(object.get(now, ["spec"], {}), ["parentRef"], {}), ["kind"], "Gateway") == "Service"
}

allowed_parent_2 if {
	object.get(object.get(object.get(now, ["spec"], {}), ["parentRef"], {}), ["kind"], "Gateway") == "Gateway"
	regex.match("^(istio-ingress/shared)$", concat("", [object.get(object.get(object.get(now, ["spec"], {}), ["parentRef"], {}), ["namespace"], object.get(request, ["namespace"], "")), "/", object.get(object.get(object.get(now, ["spec"], {}), ["parentRef"], {}), ["name"], "")]))
}
