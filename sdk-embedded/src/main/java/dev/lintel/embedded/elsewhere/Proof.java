package dev.lintel.embedded.elsewhere;

import java.util.concurrent.CompletionStage;

/** What a gateway proves itself with to one far side. Used on event loops, so nothing here blocks. */
public sealed interface Proof extends AutoCloseable permits TokenProof, HeaderProof {
    /** The header to send now; fails, with a message that shows no secret, if there is none to be had. */
    CompletionStage<Shown> get();

    /** Whether another one may be had once one was refused. */
    boolean isRenewable();

    /** Throws away what the far side refused. */
    void refused(Shown shown);

    /** The name of the header, in lower case. */
    String header();

    @Override
    void close();
}
