package dev.lintel.core.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The two ways to write one tree down. */
enum Syntax {
    /** RFC 8259; several definitions are an array. */
    JSON(new JsonFactory()) {
        @Override
        String write(List<? extends JsonNode> trees) {
            return print(mapper().createArrayNode().addAll(trees));
        }
    },
    /** YAML 1.1 and 1.2 alike; several definitions are several documents. */
    YAML(YAMLFactory.builder()
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .enable(YAMLGenerator.Feature.ALLOW_LONG_KEYS)
            .stringQuotingChecker(new YamlQuotes())
            .build()) {
        @Override
        String write(List<? extends JsonNode> trees) {
            return trees.isEmpty()
                    ? "[]\n"
                    : String.join("---\n", trees.stream().map(this::print).toList());
        }
    };

    private final ObjectMapper mapper;

    Syntax(JsonFactory factory) {
        this.mapper = new ObjectMapper(factory);
    }

    abstract String write(List<? extends JsonNode> trees);

    ObjectMapper mapper() {
        return mapper;
    }

    String print(JsonNode tree) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = mapper.createGenerator(out)) {
            mapper.writeTree(this == JSON ? generator.setPrettyPrinter(pretty()) : new OneLine(generator), tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().endsWith("\n") ? out.toString() : out + "\n";
    }

    JsonParser parser(String text) throws IOException {
        return mapper.createParser(text);
    }

    private static DefaultPrettyPrinter pretty() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    }

    /** Texts of several lines in quotes: blocks lose blanks and line ends at their edges. */
    private static final class OneLine extends JsonGeneratorDelegate {
        private final YAMLGenerator yaml;

        OneLine(JsonGenerator yaml) {
            super(yaml);
            this.yaml = (YAMLGenerator) yaml;
        }

        @Override
        public void writeString(String text) throws IOException {
            boolean block = text.indexOf('\n') >= 0;
            yaml.configure(YAMLGenerator.Feature.MINIMIZE_QUOTES, !block);
            yaml.writeString(text);
        }
    }
}
