# A web application that knows nothing of logins: it believes what the gateway in front of it says of its user.
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STYLE = "body{font:1rem/1.5 system-ui,'DejaVu Sans',sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}"


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        user = escape(self.headers.get("X-Auth-Request-User", "nobody"))
        mail = escape(self.headers.get("X-Auth-Request-Email", "unknown"))
        groups = escape(self.headers.get("X-Auth-Request-Groups", "none"))
        path = self.path.split("?")[0]
        if path.startswith("/static/"):
            self.answer(200, "text/css", STYLE)
        elif path.startswith("/internal/"):
            self.answer(200, "application/json", '{"visits": 42}')
        elif path.startswith("/orders/"):
            self.page("Orders of " + escape(path.split("/")[2]), "<p>One lamp, two chairs.</p>")
        elif path.startswith("/admin/"):
            self.page("Administration", "<p>Only administrators see this.</p>")
        else:
            self.page("Hello, " + user, "<p>You are <strong>" + user + "</strong>, " + mail + ", in the groups " + groups
                      + ".</p><p><a href='/orders/" + user + "'>Your orders</a> · <a href='/admin/users'>Administration</a> · <a href='/oauth2/sign_out'>Log out</a></p>")

    def page(self, title, text):
        self.answer(200, "text/html; charset=utf-8", "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>"
                    + title + "</title><link rel='stylesheet' href='/static/app.css'></head><body><h1>" + title + "</h1>"
                    + text + "<p><small>Python " + self.sys_version.split("/")[1] + "</small></p></body></html>")

    def answer(self, status, kind, text):
        body = text.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
print(server.server_port, flush=True)
server.serve_forever()
