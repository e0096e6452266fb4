package dev.lintel.mesh.lint;

/** One thing that is looked for. Where a rule needs objects that are not among those given, it says nothing. */
interface Rule {
    void check(Scene scene, Report report);
}
