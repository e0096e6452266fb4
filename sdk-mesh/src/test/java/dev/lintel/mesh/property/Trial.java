package dev.lintel.mesh.property;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import java.util.HashSet;
import java.util.Set;

/**
 * What came of one model that was written and read back.
 *
 * @param compared distinct questions that were asked of both
 * @param listed questions of which the dialect lists that they are answered differently
 * @param decisions different answers among them
 * @param failure what differs first; empty if nothing does
 */
record Trial(int compared, int listed, int decisions, String failure) {
    /** Few questions are there about a small model, so that drawing ends at some time. */
    private static final int DRAWS = 4;

    static Trial of(World world, long seed, int requests) {
        MeshModel model = world.models().apply(seed);
        Written written = world.dialect().write(model);
        String yaml = ManifestYaml.write(written.manifests());
        if (!ManifestYaml.read(yaml).equals(written.manifests())) {
            return failed(seed, "the YAML is read as something else");
        }
        Read read = world.dialect().read(written.manifests());
        if (!read.problems().isEmpty()) {
            return failed(seed, "read with " + read.problems());
        }
        Questions questions = world.questions().of(seed, model, read.model());
        Set<Object> asked = new HashSet<>();
        Set<String> answers = new HashSet<>();
        int listed = 0;
        for (int draws = 0; asked.size() < requests && draws < DRAWS * requests; draws++) {
            Object question = questions.next();
            if (questions.isListed(question)) {
                listed++;
            } else if (asked.add(question)) {
                String meant = questions.meant(question, draws);
                String made = questions.made(question, draws);
                if (!meant.equals(made)) {
                    return failed(
                            seed,
                            question
                                    + "%n  is meant: %s%n  is read as: %s%n%s%nread as %s%n%s"
                                            .formatted(meant, made, model, read.model(), yaml));
                }
                answers.add(meant);
            }
        }
        return new Trial(asked.size(), listed, answers.size(), "");
    }

    private static Trial failed(long seed, String why) {
        return new Trial(0, 0, 0, "seed " + seed + ": " + why);
    }
}
