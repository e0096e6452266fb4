package dev.lintel.auth.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of {@code WWW-Authenticate}: a list of challenges, each of which may itself hold commas (RFC 9110, 11.2). */
final class ChallengeReader {
    private static final int LONGEST = 4096;
    private static final String TCHAR = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QDTEXT = "[\\t \\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]*+";
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*(,[ \\t]*)*");
    private static final Pattern SCHEME = Pattern.compile(TCHAR);
    private static final Pattern PARAMETER = Pattern.compile("(" + TCHAR + ")[ \\t]*=[ \\t]*(?:(" + TCHAR + ")|\"("
            + QDTEXT + "(?:\\\\[\\t \\x21-\\x7E\\x80-\\xFF]" + QDTEXT + ")*+)\")");
    private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*(?=[ \\t]*(,|$))");
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern END = Pattern.compile("[ \\t]*(,|$)");

    private final String text;
    private final Matcher matcher;
    private int at;

    private ChallengeReader(String text) {
        this.text = text;
        this.matcher = SCHEME.matcher(text);
    }

    static List<Challenge> read(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        int length = 0;
        for (String header : headers) {
            length += header.length();
            if (length > LONGEST || !new ChallengeReader(header).challenges(all)) {
                return List.of();
            }
        }
        return List.copyOf(all);
    }

    private boolean challenges(List<Challenge> all) {
        next(SEPARATOR);
        while (at < text.length()) {
            if (!next(SCHEME)) {
                return false;
            }
            String scheme = matcher.group();
            Map<String, String> parameters = new LinkedHashMap<>();
            if (next(SPACES) && !next(TOKEN68) && !parameters(parameters)) {
                return false;
            }
            if (!sees(END)) {
                return false;
            }
            all.add(new Challenge(scheme, parameters));
            next(SEPARATOR);
        }
        return true;
    }

    /** Parameters up to the end, or up to a word that is the scheme of the next challenge. */
    private boolean parameters(Map<String, String> parameters) {
        while (sees(PARAMETER)) {
            next(PARAMETER);
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            String value = matcher.group(2) == null ? matcher.group(3).replaceAll("\\\\(.)", "$1") : matcher.group(2);
            if (parameters.put(name, value) != null || !sees(END)) {
                return false;
            }
            int before = at;
            next(SEPARATOR);
            if (!sees(PARAMETER)) {
                at = before;
                break;
            }
        }
        return !parameters.isEmpty() || at == text.length() || sees(END);
    }

    private boolean sees(Pattern what) {
        return matcher.usePattern(what).region(at, text.length()).lookingAt();
    }

    @CanIgnoreReturnValue
    private boolean next(Pattern what) {
        if (!sees(what)) {
            return false;
        }
        at = matcher.end();
        return true;
    }
}
