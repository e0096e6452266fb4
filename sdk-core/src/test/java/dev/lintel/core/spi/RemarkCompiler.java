package dev.lintel.core.spi;

/** Gives a {@link Remark} the meaning of a header. */
public final class RemarkCompiler implements PolicyCompiler<Remark> {
    @Override
    public Class<Remark> policy() {
        return Remark.class;
    }

    @Override
    public String kind() {
        return Remark.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.DOCUMENT;
    }

    @Override
    public void compile(Remark policy, ApiDraft draft) {
        draft.responseHeader("x-remark", policy.text());
    }
}
