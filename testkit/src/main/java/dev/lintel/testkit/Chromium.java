package dev.lintel.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by the keyboard over its DevTools protocol. */
public final class Chromium implements AutoCloseable {
    private static final String FOCUSED = "new Promise(done => { const look = () => document.activeElement instanceof"
            + " HTMLInputElement ? done() : setTimeout(look, 20); look(); })";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SPOKEN = "DevTools listening on ws://";
    private static final int PATIENCE_SECONDS = 180;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final Process process;
    private final WebSocket socket;
    private int last;

    private Chromium(Process process, String authority) throws Exception {
        this.process = process;
        HttpRequest tab = HttpRequest.newBuilder(URI.create("http://" + authority + "/json/new"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode opened = JSON.readTree(http.send(tab, BodyHandlers.ofString()).body());
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(opened.get("webSocketDebuggerUrl").textValue()), new Ear())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        call("Page.enable", Map.of());
    }

    /** Where one is installed. */
    public static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one; its window is 640 by 690. */
    public static Chromium start(Path program, Path profile) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=640,690",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Chromium(process, authority(process));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String authority(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            int at = line.indexOf(SPOKEN);
            if (at >= 0) {
                String rest = line.substring(at + SPOKEN.length());
                Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium-errors");
                drain.setDaemon(true);
                drain.start();
                return rest.substring(0, rest.indexOf('/'));
            }
        }
        throw new IllegalStateException("chromium ended before it could be driven");
    }

    /** Opens an address, and waits until its page is there. */
    public void open(String address) {
        call("Page.navigate", Map.of("url", address));
        await("Page.loadEventFired");
    }

    /** Types into the field that has the focus, which a page may give to one only after it is loaded. */
    public void type(String text) {
        call("Runtime.evaluate", Map.of("expression", FOCUSED, "awaitPromise", true));
        insert(text);
    }

    /** Types into whatever has the focus. */
    public void insert(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** Clicks a link, and waits for the page that this leads to. */
    public void follow(String selector) {
        call("Runtime.evaluate", Map.of("expression", "document.querySelector(\"" + selector + "\").click()"));
        await("Page.loadEventFired");
    }

    /** Presses Tab. */
    public void tab() {
        key("Tab", 9, "");
    }

    /** Presses Enter, and waits for the page that this leads to. */
    public void enter() {
        key("Enter", 13, "\r");
        await("Page.loadEventFired");
    }

    private void key(String name, int code, String text) {
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            name,
                            "code",
                            name,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            type.equals("keyDown") ? text : ""));
        }
    }

    /** Makes the window larger or smaller, in pixels. */
    public void resize(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The value of an expression in the page, as text. */
    public String ask(String expression) {
        return call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"))
                .get("result")
                .get("value")
                .textValue();
    }

    /** Waits until an expression in the page is true. */
    public void until(String condition) {
        String watch = "new Promise(done => { const look = () => (" + condition
                + ") ? done() : setTimeout(look, 20); look(); })";
        call("Runtime.evaluate", Map.of("expression", watch, "awaitPromise", true));
    }

    /** A picture of the page, PNG. */
    public byte[] picture() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of()).get("data").textValue());
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        int id = ++last;
        try {
            String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
            socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
        List<JsonNode> others = new ArrayList<>();
        try {
            while (true) {
                JsonNode one = next(method);
                if (one.path("id").asInt() == id) {
                    return one.get("result");
                }
                others.add(one);
            }
        } finally {
            heard.addAll(others);
        }
    }

    private void await(String event) {
        while (!next(event).path("method").asText().equals(event)) {
            // Something else has happened.
        }
    }

    private JsonNode next(String why) {
        try {
            JsonNode one = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (one == null) {
                throw new IllegalStateException("chromium is silent, while waiting for " + why);
            }
            return one;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
            text.append(part);
            if (whole) {
                try {
                    heard.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        try {
            call("Browser.close", Map.of());
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            socket.abort();
            process.destroyForcibly();
        }
    }
}
