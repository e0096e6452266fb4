/** Dialects and readers for meshes, and where their manifests are kept. */
@org.jspecify.annotations.NullMarked
module dev.lintel.mesh {
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;

    exports dev.lintel.mesh;
    exports dev.lintel.mesh.admission;
    exports dev.lintel.mesh.capability;
    exports dev.lintel.mesh.front;
    exports dev.lintel.mesh.gatewayapi;
    exports dev.lintel.mesh.imports;
    exports dev.lintel.mesh.istio;
    exports dev.lintel.mesh.kyma;
    exports dev.lintel.mesh.lint;
    exports dev.lintel.mesh.raw;
    exports dev.lintel.mesh.steps;
    exports dev.lintel.mesh.target;
    exports dev.lintel.mesh.verify;

    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.mesh.raw.RawFieldCompiler;
}
