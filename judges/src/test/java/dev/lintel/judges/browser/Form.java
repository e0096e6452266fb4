package dev.lintel.judges.browser;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The first form of a page, filled in. */
record Form(URI action, boolean posted, Map<String, String> values) {
    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern FIELD = Pattern.compile("(?i)<(input|button)\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    static Optional<Form> of(String page, URI base, Map<String, String> fields) {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            return Optional.empty();
        }
        Map<String, String> about = attributes(form.group(1));
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> pressed = new LinkedHashMap<>();
        // Buttons outside the form may belong to it by its id.
        FIELD.matcher(page).results().forEach(field -> {
            Map<String, String> said = attributes(field.group());
            String name = said.getOrDefault("name", "");
            boolean inside = field.start() > form.start() && field.end() < form.end();
            boolean button = field.group(1).equalsIgnoreCase("button") || "submit".equals(said.get("type"));
            boolean belongs =
                    inside || (said.containsKey("form") && said.get("form").equals(about.get("id")));
            if (name.isEmpty() || !belongs) {
                return;
            }
            String value = said.getOrDefault("value", "");
            if (!button) {
                values.put(name, fields.getOrDefault(name, value));
            } else if (value.equals(fields.get(name))) {
                pressed.clear();
                pressed.put(name, value);
            } else if (inside) {
                pressed.putIfAbsent(name, value);
            }
        });
        pressed.entrySet().stream().findFirst().ifPresent(button -> values.put(button.getKey(), button.getValue()));
        String action = about.getOrDefault("action", "");
        return Optional.of(new Form(
                action.isEmpty() ? base : base.resolve(action),
                "post".equals(about.getOrDefault("method", "get").toLowerCase(Locale.ROOT)),
                values));
    }

    HttpRequest.Builder submitted() {
        String encoded = values.entrySet().stream()
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
        if (posted) {
            return HttpRequest.newBuilder(action)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(encoded));
        }
        return HttpRequest.newBuilder(action.resolve("?" + encoded));
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTE.matcher(tag).results().forEach(found -> {
            String value = found.group(2) == null ? found.group(3) : found.group(2);
            attributes.put(found.group(1).toLowerCase(Locale.ROOT), plain(value));
        });
        return attributes;
    }

    private static String plain(String text) {
        String numbers = Pattern.compile("&#(x?)([0-9a-fA-F]+);")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Character.toString(
                        Integer.parseInt(found.group(2), found.group(1).isEmpty() ? 10 : 16))));
        return numbers.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
