# Whatever is not allowed is refused.
default allow := {"allowed": false, "http_status": 403, "body": "refused"}

allow := {"allowed": true} if {
	is_string(http.method)
	path_is_good
	caller.kind in {"none", "workload"}
	parameters_are_good
	token_is_good
	access_is_good
	caller_is_good
} else := refusal(400, "the path is invalid, or not in normal form") if {
	not path_is_good
} else := refusal(404, "no API is exposed at this host") if {
	not api
	host_is_valid
} else := refusal(400, "the host is not a host name") if {
	not api
} else := refusal(403, "the certificate does not say who calls") if {
	caller.kind == "rejected"
} else := refusal(400, "a path must not contain ';'") if {
	not parameters_are_good
} else := refusal(503, "the token could not be judged") if {
	not token_is_good
	token.kind == "unverifiable"
} else := challenge(401, invalid("the token is for another audience")) if {
	not token_is_good
	issuer_is_good
} else := challenge(401, invalid("the token is no good")) if {
	not token_is_good
} else := refusal(404, "no access rule speaks about this method and path") if {
	not access_is_good
	not rule
} else := challenge(401, "Bearer") if {
	not access_is_good
	rule.need == "token"
	token.kind == "none"
} else := challenge(403, rule.challenge) if {
	not access_is_good
	rule.need == "token"
} else := refusal(403, "nobody may call this") if {
	not access_is_good
} else := refusal(403, "the caller is not among those who may call this") if {
	not caller_is_good
}

refusal(status, body) := {"allowed": false, "http_status": status, "body": body}

challenge(status, header) := {
	"allowed": false,
	"http_status": status,
	"headers": {"www-authenticate": header},
}

invalid(why) := sprintf(`Bearer error="invalid_token", error_description="%s"`, [why])

http := input.attributes.request.http

# The proxy brings paths into their normal form before it asks; a path that is not is refused, not guessed at.
path := split(http.path, "?")[0]

path_is_good if {
	regex.match(concat("", ["^/(?:", concat("|", characters), ")*$"]), path)
	not contains(path, "//")
	not regex.match(`/\.\.?(?:[/;]|$)`, path)
}

# What stands for itself, what stays escaped, and UTF-8 (RFC 3629, 4).
characters := [
	`[A-Za-z0-9._~!$&'()*+,;=:@/-]`,
	`%(?:2[0-9A-C]|3[A-F]|40|5[BDE]|60|7[B-D])`,
	`%(?:C[2-9A-F]|D[0-9A-F])%[89AB][0-9A-F]`,
	`%E0%[AB][0-9A-F]%[89AB][0-9A-F]`,
	`%ED%[89][0-9A-F]%[89AB][0-9A-F]`,
	`%E[1-9A-CEF](?:%[89AB][0-9A-F]){2}`,
	`%F0%[9AB][0-9A-F](?:%[89AB][0-9A-F]){2}`,
	`%F[1-3](?:%[89AB][0-9A-F]){3}`,
	`%F4%8[0-9A-F](?:%[89AB][0-9A-F]){2}`,
]

segments := segments_of(path)

# Back ends that drop parameters see this path, which no rule about callers may be got round by.
plain := regex.replace(regex.replace(path, `;[^/]*`, ""), `/+`, "/")

# A trailing slash never changes what a path means.
segments_of(text) := [] if {
	text == "/"
} else := split(trim_suffix(substring(text, 1, -1), "/"), "/")

asks(rule, method, parts) if {
	method_fits(rule, method)
	length_fits(rule, count(parts))
	every i, segment in rule.path {
		segment in {null, parts[i]}
	}
}

method_fits(rule, _) if count(rule.methods) == 0

method_fits(rule, method) if method in rule.methods

length_fits(rule, length) if {
	rule.below
	length >= count(rule.path)
}

length_fits(rule, length) if length == count(rule.path)

asking(rules, parts) := [rule | some rule in rules; asks(rule, http.method, parts)]

first(rules, parts) := asking(rules, parts)[0]

at(table, key) := table[key]

port := `(?::(?:[0-5]?[0-9]{0,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$`

host := lower(found) if {
	pattern := concat("", [`^([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*)\.?`, port])
	found := regex.find_all_string_submatch_n(pattern, http.host, 1)[0][1]
	count(found) <= 253
}

host_is_valid if host

host_is_valid if {
	regex.match(concat("", [`^\[[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]`, port]), http.host)
	indexof(http.host, "]") <= 46
}

api := at(apis, first(at(hosts, host), segments).api)

parameters_are_good if not contains(path, ";")

parameters_are_good if api.parameters

# Who calls, as far as the client's certificate proves it.
principal := object.get(input, "source_principal", object.get(input.attributes, ["source", "principal"], ""))

caller := {"kind": "none"} if {
	principal in {"", null}
} else := {"kind": "workload", "namespace": found[1], "name": found[2]} if {
	startswith(principal, trust_domain)
	label := `([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)`
	pattern := concat("", ["^", label, "/sa/", label, "$"])
	found := regex.find_all_string_submatch_n(pattern, trim_prefix(principal, trust_domain), 1)[0]
} else := {"kind": "rejected"}

caller_is_good if {
	caller_may(segments)
	caller_may(segments_of(plain))
}

caller_may(parts) if count(asking(api.callers, parts)) == 0

caller_may(parts) if first(api.callers, parts).entering

caller_may(parts) if {
	some peer in first(api.callers, parts).any_of
	peer.namespace == caller.namespace
	object.get(peer, "name", caller.name) == caller.name
}

token_is_good if api.restricted == false

token_is_good if token.kind == "none"

token_is_good if {
	issuer_is_good
	count(api.audiences) == 0
}

token_is_good if {
	issuer_is_good
	some audience in api.audiences
	audience in token.audiences
}

issuer_is_good if {
	token.kind == "verified"
	some issuer in api.issuers
	issuer.issuer == token.issuer
}

rule := first(api.rules, segments)

access_is_good if api.restricted == false

access_is_good if rule.need == "nothing"

access_is_good if {
	rule.need == "token"
	token.kind == "verified"
	some grant in rule.any_of
	every scope in grant.scopes {
		scope in token.scopes
	}
	every claim in grant.claims {
		claim_is_good(claim)
	}
}

claim_is_good(claim) if {
	some text in texts(token.claims[claim.name])
	text in claim.any_of
}

texts(value) := {as_text(element) | some element in value} if {
	is_array(value)
} else := {as_text(value)}

as_text(value) := value if is_string(value)

as_text(value) := json.marshal(value) if is_boolean(value)

# Without needless zeros, as the rules name numbers.
as_text(value) := regex.replace(json.marshal(value), `^(-?[0-9]+)(?:\.0*|(\.[0-9]*[1-9])0*)$`, "$1$2") if is_number(value)

authorization := object.get(http, ["headers", "authorization"], "")

token := {"kind": "none"} if {
	not regex.match(`^(?i:bearer)(?:[^A-Za-z0-9_-]|$)`, authorization)
} else := {
	"kind": "verified",
	"issuer": claims.iss,
	"audiences": as_list(claims, "aud"),
	"scopes": scopes,
	"claims": claims,
} if {
	claims_are_good
	signature_is_good
} else := {"kind": "unverifiable"} if {
	claims_are_good
	not keys_are_known
} else := {"kind": "rejected"}

# One space, one token, no list.
bearer := regex.find_all_string_submatch_n(`^(?i:bearer) ([^ ,]+)$`, authorization, 1)[0][1] if {
	count(authorization) <= 16384
}

parts := split(bearer, ".") if {
	regex.match(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$`, bearer)
}

header := json.unmarshal(base64url.decode(parts[0]))

claims := json.unmarshal(base64url.decode(parts[1]))

# What is accepted of access tokens (RFC 9068, 4); a minute is allowed for clocks that differ.
claims_are_good if {
	is_object(header)
	is_object(claims)
	count({name | some name in ["crit", "b64", "zip", "enc"]; name in object.keys(header)}) == 0
	count({name | some name in ["at_hash", "c_hash"]; name in object.keys(claims)}) == 0
	is_string(object.get(header, "kid", ""))
	lower(object.get(header, "typ", "jwt")) in {"at+jwt", "application/at+jwt", "jwt"}
	not endswith(lower(object.get(header, "cty", "")), "jwt")
	some issuer in api.issuers
	issuer.issuer == claims.iss
	header.alg in issuer.algorithms
	is_string(object.get(claims, "sub", ""))
	as_list(claims, "aud")
	scopes
	is_time(claims.exp)
	now < claims.exp + 60
	begins(claims, "nbf") <= now + 60
	begins(claims, "iat") <= now + 60
	begins(claims, "iat") <= claims.exp
}

now := time.now_ns() / 1000000000

is_time(value) if {
	is_number(value)
	value >= 0
	value <= 253402300799
}

begins(object_, name) := 0 if {
	object.get(object_, name, null) == null
} else := object_[name] if is_time(object_[name])

as_list(object_, name) := [] if {
	object.get(object_, name, null) == null
} else := [object_[name]] if {
	is_string(object_[name])
} else := object_[name] if {
	is_array(object_[name])
	every element in object_[name] {
		is_string(element)
	}
}

scopes := [scope | some scope in split(claims.scope, " "); scope != ""] if {
	is_string(claims.scope)
} else := as_list(claims, "scope")
