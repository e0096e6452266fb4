package dev.lintel.embedded.authorization.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void textIsEscapedAndMarkupIsNot() {
        assertThat(Markup.of("<p title=\"{}\">{}</p>", "a\"b'c", Markup.of("<b>{}</b>", "<&>")))
                .hasToString("<p title=\"a&quot;b&#39;c\"><b>&lt;&amp;&gt;</b></p>");
    }

    @Test
    void aPlaceInATextIsNoPlace() {
        assertThat(Markup.of("{}-{}", "{}", "x")).hasToString("{}-x");
    }

    @Test
    void partsFollowEachOther() {
        assertThat(Markup.all(List.of(Markup.of("<a>"), Markup.NOTHING, Markup.of("<b>"))))
                .hasToString("<a><b>");
    }

    @Test
    void placesAndValuesGoTogether() {
        assertThatThrownBy(() -> Markup.of("{}")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Markup.of("<p>", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("more values than places in: <p>");
    }
}
