package dev.lintel.mesh;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which texts need quotes in a manifest: all but those that every reader, of YAML 1.1 or 1.2, takes for the same text.
 *
 * @see <a href="https://yaml.org/type/">YAML 1.1, language-independent types</a>
 */
final class PlainTexts extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    private static final Set<String> WORDS =
            new TreeSet<>(Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null"));
    private static final Pattern NUMBER_LIKE = Pattern.compile("[0-9][0-9a-fA-FxXoO_.:,+\\-TZ ]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_$^][A-Za-z0-9/_$.:,;{}\\[\\]*()+=@&?~|\\\\^ -]*");

    /** For the one mapper of this package. */
    PlainTexts() {}

    @Override
    public boolean needToQuoteName(String name) {
        return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String text) {
        return !PLAIN.matcher(text).matches()
                || text.endsWith(" ")
                || text.endsWith(":")
                || text.contains(": ")
                || NUMBER_LIKE.matcher(text).matches()
                || WORDS.contains(text.toLowerCase(Locale.ROOT));
    }
}
