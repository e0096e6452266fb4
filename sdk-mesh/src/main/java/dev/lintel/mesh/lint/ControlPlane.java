package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the control plane is not set up for: keys from anywhere, an old Gateway API, classes that are not there. */
final class ControlPlane implements Rule {
    private static final String BLOCKED = "BLOCKED_CIDRS_IN_JWKS_URIS";
    private static final String BUNDLE = "gateway.networking.k8s.io/bundle-version";
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\..*");
    private static final int MINOR = 2;

    @Override
    public void check(Scene scene, Report report) {
        keys(scene, report);
        bundles(scene, report);
        List<String> classes =
                scene.all(Scene.GATEWAY_CLASS).stream().map(Manifest::name).toList();
        for (Manifest gateway : scene.all(Scene.K8S_GATEWAY)) {
            Part name = Part.of(gateway).get("gatewayClassName");
            if (!classes.isEmpty() && !classes.contains(name.text())) {
                report.add(
                        LintCode.UNKNOWN_GATEWAY_CLASS,
                        gateway,
                        name.path(),
                        "there is no GatewayClass '" + name.text() + "'",
                        "name one of " + classes);
            }
        }
    }

    private static void keys(Scene scene, Report report) {
        List<Manifest> planes = scene.all(Scene.DEPLOYMENT, scene.root()).stream()
                .filter(one -> one.name().equals("istiod") || one.name().startsWith("istiod-"))
                .toList();
        if (planes.isEmpty() || planes.stream().allMatch(ControlPlane::blocks)) {
            return;
        }
        for (Manifest tokens : scene.all(Scene.AUTHENTICATION)) {
            for (Part rule : Part.of(tokens).get("jwtRules").items()) {
                if (!rule.get("jwks").isThere()) {
                    report.add(
                            LintCode.JWKS_UNRESTRICTED,
                            tokens,
                            rule.path(),
                            "istiod fetches keys from wherever an object says, also from inside the cluster",
                            "set " + BLOCKED + " on istiod, or say the keys with jwks");
                }
            }
        }
    }

    private static boolean blocks(Manifest istiod) {
        List<Part> containers =
                Part.of(istiod).get("template", "spec", "containers").items();
        return Part.items(containers, "env").stream()
                .anyMatch(env -> env.get("name").text().equals(BLOCKED)
                        && !env.get("value").text().isEmpty());
    }

    private static void bundles(Scene scene, Report report) {
        for (Manifest crd : scene.all(Scene.CRD)) {
            String bundle = crd.annotations().getOrDefault(BUNDLE, "");
            Matcher version = VERSION.matcher(bundle);
            if (crd.name().endsWith(".gateway.networking.k8s.io") && version.matches()) {
                int major = Integer.parseInt(version.group(1));
                if (major < 1 || major == 1 && Integer.parseInt(version.group(2)) < MINOR) {
                    report.add(
                            LintCode.GATEWAY_API_OLD,
                            crd,
                            "metadata.annotations",
                            "Gateway API " + bundle + " is older than v1." + MINOR + ", the oldest that is written for",
                            "install a newer bundle of its resource definitions");
                }
            }
        }
    }
}
