package dev.lintel.mesh.lint;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that is wrong with an object, as data.
 *
 * @param code our name for it, for example {@code lint.unknown-subset}; {@link LintCode} lists all
 * @param istio the codes by which {@code istioctl analyze} calls it, by commas; empty if it has none
 * @param kiali the codes by which Kiali calls it, by commas; empty if it has none
 * @param severity how bad it is
 * @param object the object, for example {@code VirtualService shop/orders}
 * @param field where in the object, for example {@code spec.http[0].match[1].uri}
 * @param line where that is in the text that was read, counted from 1; 0 if objects were given and no text
 * @param message what is wrong, with the value
 * @param hint what to do about it
 */
public record Finding(
        String code,
        String istio,
        String kiali,
        Severity severity,
        String object,
        String field,
        int line,
        String message,
        String hint) {
    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(istio, "istio");
        Objects.requireNonNull(kiali, "kiali");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    /** The same finding at a line. */
    Finding at(int number) {
        return new Finding(code, istio, kiali, severity, object, field, number, message, hint);
    }

    /**
     * The finding in three lines.
     *
     * @return severity, codes and place, then the message, then the hint, each on a line of its own
     */
    public String render() {
        StringBuilder text = new StringBuilder(severity.name().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(code);
        String others = istio.isEmpty() || kiali.isEmpty() ? istio + kiali : istio + ", " + kiali;
        if (!others.isEmpty()) {
            text.append(" (").append(others).append(')');
        }
        return text.append(": ")
                .append(object)
                .append(' ')
                .append(field)
                .append(line > 0 ? " (line " + line + ")" : "")
                .append("\n  ")
                .append(message)
                .append("\n  ")
                .append(hint)
                .toString();
    }
}
