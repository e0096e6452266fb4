package dev.lintel.embedded.authorization.login;

import java.util.Iterator;
import java.util.List;

/** HTML that is safe to send. The only way to put a text into it escapes that text. */
final class Markup {
    static final Markup NOTHING = new Markup("");

    private static final String PLACE = "{}";

    private final String html;

    private Markup(String html) {
        this.html = html;
    }

    /**
     * A template of ours with values put in.
     *
     * @param template HTML with {@code {}} where a value goes: between tags, or inside an attribute with double quotes
     * @param values each is markup, or something whose text is escaped
     */
    static Markup of(String template, Object... values) {
        StringBuilder html = new StringBuilder();
        Iterator<Object> next = List.of(values).iterator();
        int from = 0;
        for (int at = template.indexOf(PLACE); at >= 0; at = template.indexOf(PLACE, from)) {
            html.append(template, from, at).append(html(next.next()));
            from = at + PLACE.length();
        }
        if (next.hasNext()) {
            throw new IllegalArgumentException("more values than places in: " + template);
        }
        return new Markup(html.append(template, from, template.length()).toString());
    }

    /** One after the other. */
    static Markup all(List<Markup> parts) {
        StringBuilder html = new StringBuilder();
        parts.forEach(part -> html.append(part.html));
        return new Markup(html.toString());
    }

    private static String html(Object value) {
        return value instanceof Markup markup ? markup.html : escaped(value.toString());
    }

    /** Text in which no character means anything to HTML, neither between tags nor inside quotes. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return html;
    }
}
