package shop.authz

# What no access rule can say: everybody sees their own orders, and nobody else's.
default allow := {
	"allowed": false,
	"http_status": 403,
	"headers": {"content-type": "text/html; charset=utf-8"},
	"body": "<!DOCTYPE html><html lang='en'><title>Not yours</title><h1>Not yours</h1><p>These orders are somebody else's.</p></html>",
}

allow if input.parsed_path[0] != "orders"

# The gateway says who has logged in; what a browser says of that never gets here.
allow if input.parsed_path == ["orders", input.attributes.request.http.headers["x-auth-request-user"]]
