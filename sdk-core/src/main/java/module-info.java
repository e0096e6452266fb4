/**
 * The vocabulary of a definition, the model it means, and the one evaluator that decides requests.
 *
 * @uses dev.lintel.core.spi.PolicyCompiler what gives a policy its meaning
 * @uses dev.lintel.core.front.FrontProvider what serves an API itself
 */
@org.jspecify.annotations.NullMarked
module dev.lintel.core {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires io.github.javadiffutils;
    requires org.slf4j;
    requires org.yaml.snakeyaml;

    exports dev.lintel.core;
    exports dev.lintel.core.match;
    exports dev.lintel.core.model;
    exports dev.lintel.core.front;
    exports dev.lintel.core.spi;
    exports dev.lintel.core.engine;
    exports dev.lintel.core.fluent;
    exports dev.lintel.core.policy;
    exports dev.lintel.core.form;
    exports dev.lintel.core.evaluate;
    exports dev.lintel.core.explain;
    exports dev.lintel.core.plan;
    exports dev.lintel.core.metric;

    uses dev.lintel.core.spi.PolicyCompiler;
    uses dev.lintel.core.front.FrontProvider;

    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.core.policy.AtHostCompiler,
            dev.lintel.core.policy.AtPathsCompiler,
            dev.lintel.core.policy.GrpcCompiler,
            dev.lintel.core.policy.PathParametersCompiler,
            dev.lintel.core.policy.WorkloadSelectorCompiler;
}
