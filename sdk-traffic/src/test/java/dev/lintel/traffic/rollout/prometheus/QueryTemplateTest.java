package dev.lintel.traffic.rollout.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.metric.Question;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueryTemplateTest {
    private static String query(String template, String service, String version, double quantile) {
        return new QueryTemplate(template)
                .of(service, "shop", new Question("orders.shop", version, "m", quantile, Duration.ofNanos(1)));
    }

    @Test
    void placesAreFilled() {
        assertThat(query(
                        "q($quantile, m{a=\"$service\",b='$namespace',c!=\"$version\"}[$window])", "orders", "v2", 0.5))
                .isEqualTo("q(0.5, m{a=\"orders\",b='shop',c!=\"v2\"}[1ms])");
    }

    @Test
    void namesCannotLeaveTheirQuotes() {
        assertThat(query("m{a=\"$version\"}", "orders", "v2\"} or vector(0) or m{a=\"", 0))
                .isEqualTo("m{a=\"v2\\u0022} or vector(0) or m{a=\\u0022\"}");
        assertThat(query("m{a='$version'}", "orders", "it's \\ \n $service", 0))
                .isEqualTo("m{a='it\\u0027s \\u005c \\u000a $service'}");
    }

    @Test
    void aTemplateMustBeSafe() {
        assertThatThrownBy(() -> new QueryTemplate("m{a=\"$servce\"}"))
                .hasMessage("a query has no place '$servce'; there are $service, $namespace, $version, $quantile,"
                        + " $window: m{a=\"$servce\"}");
        assertThatThrownBy(() -> new QueryTemplate("m{a=~\"x|$service\"}"))
                .hasMessage(
                        "'$service' stands in a regular expression, where a name could match others; compare it by ="
                                + " or != : m{a=~\"x|$service\"}");
        assertThatThrownBy(() -> new QueryTemplate("m{a=`$service`}"))
                .hasMessage("a query must quote strings by \" or ', because nothing can be escaped between `:"
                        + " m{a=`$service`}");
        assertThatThrownBy(() -> new QueryTemplate(" ")).hasMessage("a query must be 1 to 4096 characters, but was 1");
        assertThat(query("m{a=~\"5..\",b=\"$version\"}", "orders", "v2", 0)).isEqualTo("m{a=~\"5..\",b=\"v2\"}");
    }
}
