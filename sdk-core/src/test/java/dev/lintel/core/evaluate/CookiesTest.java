package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a=1|1",
                "b=2; a=1|1",
                "a=1; a=2|1",
                "a=1;b=2|1",
                "b=2;   a=1  ; c|1",
                "xa=2; a=1|1",
                "a=x=y|x=y",
                "a=\"q\"|\"q\"",
                "b=a=3; a=1|1",
            })
    void findsTheFirstValueOfACookie(String header, String value) {
        assertThat(Cookies.value(header, "a")).isEqualTo(value);
    }

    @Test
    void anEmptyValueIsAValue() {
        assertThat(Cookies.value("a=", "a")).isEmpty();
        assertThat(Cookies.value("a=;b=1", "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "a", "A=1", "ab=1", "' ; ;;'", "a =1", "b=a", "'=1'", "'b=2; a'"})
    void aMissingCookieIsNone(String header) {
        assertThat(Cookies.value(header, "a")).isNull();
    }
}
