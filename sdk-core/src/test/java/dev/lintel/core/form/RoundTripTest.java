package dev.lintel.core.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written reads back equal, in both syntaxes. */
class RoundTripTest {
    private static final DefinitionFormat YAML = DefinitionFormat.yaml(Sample.kinds());
    private static final DefinitionFormat JSON = DefinitionFormat.json(Sample.kinds());
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "~",
            "null",
            "Null",
            "yes",
            "No",
            "ON",
            "off",
            "y",
            "N",
            "true",
            "FALSE",
            "1",
            "-1",
            "1.10",
            "007",
            "0x1F",
            "0o17",
            "1_000",
            "1e3",
            ".5",
            ".inf",
            "-.INF",
            ".nan",
            "12:30",
            "2026-11-23",
            "- a",
            "-",
            "?",
            "? a",
            ":",
            "a: b",
            "a:",
            "a #b",
            "#",
            "a#b",
            "&a",
            "*a",
            "!a",
            "!!str",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            "[a]",
            ",",
            "a, b",
            "---",
            "...",
            "--- a",
            "<<",
            "=",
            "a\nb",
            "a\n",
            "\n",
            "\t",
            "a\tb",
            "\r\n",
            "\u0000",
            "\u0007",
            "\u001b[0m",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "é",
            "日本",
            "😀",
            "a ",
            " a",
            "9b-foo.example",
            "GET /a/**",
            "/a/{id}",
            "https://a.example:8080/b?c=d&e#f",
            "$ref");

    private static ApiDefinition api(Sample sample) {
        return new ApiDefinition(
                ServiceRef.service("orders"), "shop", List.of(new Said(sample, Origin.unknown())), Origin.unknown());
    }

    private static void check(ApiDefinition definition, String what) {
        for (DefinitionFormat format : List.of(YAML, JSON)) {
            String text = format.write(definition);
            ApiDefinition read = format.read(text, "d").get(0);
            assertThat(read.policies())
                    .extracting(Said::policy)
                    .as("%s:%n%s", what, text)
                    .isEqualTo(definition.policies().stream().map(Said::policy).toList());
            assertThat(read).as(what).isEqualTo(definition);
        }
    }

    @Test
    void everyTextReadsBackAsText() {
        for (String text : NASTY) {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put(text, text);
            Sample sample = Sample.named("x").labels(labels);
            check(api(sample), "text '" + text + "'");
        }
        check(api(Sample.named("x").labels(Map.of("long " + "k".repeat(500), "v ".repeat(5_000)))), "long texts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "a-b_c.d",
                "/orders/**",
                "GET,POST /a/{id}",
                "https://id.example/a?b=c",
                "orders.read",
                "2s",
                "1m30s",
                "500ms",
                "v1",
                "a b",
                "9b-foo.example"
            })
    void plainTextsHaveNoQuotes(String text) {
        assertThat(YAML.write(api(Sample.named(text)))).contains("    name: " + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "No",
                "on",
                "OFF",
                "y",
                "null",
                "true",
                "1.10",
                "007",
                "1e3",
                "0x1F",
                "12:30",
                "2026-11-23",
                "a: b",
                "a #b",
                "- a",
                "*a",
                "&a",
                "",
                " a"
            })
    void textsThatReadersTakeForSomethingElseAreQuoted(String text) {
        assertThat(YAML.write(api(Sample.named(text)))).contains("    name: \"" + text + "\"\n");
    }

    @Test
    void everyDefinitionReadsBackEqual() {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            List<Said> policies = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                policies.add(new Said(sample(random), Origin.unknown()));
            }
            ServiceRef service = new ServiceRef("s" + round, 1 + random.nextInt(65_535));
            ApiDefinition definition = new ApiDefinition(service, "shop", policies, Origin.unknown());
            check(definition, "seed " + seed + ", round " + round);
        }
    }

    private static Sample sample(SplittableRandom random) {
        Set<Integer> codes = new LinkedHashSet<>();
        Map<String, List<String>> more = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            codes.add(random.nextInt());
            labels.put(text(random), text(random));
            more.put(text(random), random.nextBoolean() ? List.of() : List.of(text(random), text(random)));
        }
        List<Sample.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String note = maybe(random, () -> text(random));
            parts.add(new Sample.Part(Endpoint.parse("GET /a/{b}/**"), random.nextInt(), note, Origin.unknown()));
        }
        return new Sample(
                "n" + text(random),
                parts,
                maybe(random, () -> Duration.ofNanos(random.nextLong(1L << 62))),
                maybe(random, () -> URI.create("https://a.example/" + random.nextInt())),
                maybe(random, () -> PathPattern.parse("/x" + random.nextInt(9) + "/**")),
                maybe(random, () -> Match.match("/q").query("a", text(random)).header("X", text(random))),
                random.nextBoolean() ? Sample.Mode.PLAIN : Sample.Mode.NOT_SO_PLAIN,
                random.nextBoolean(),
                maybe(random, random::nextBoolean),
                random.nextLong(),
                random.nextDouble() * Math.pow(10, random.nextInt(-300, 300)),
                labels,
                codes,
                more);
    }

    private static <T> @Nullable T maybe(SplittableRandom random, Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder(NASTY.get(random.nextInt(NASTY.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append("-:#{[,&*'\" \n%@aZ09~é\\|".charAt(random.nextInt(22)));
        }
        return text.toString();
    }
}
