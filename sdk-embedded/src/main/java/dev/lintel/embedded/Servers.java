package dev.lintel.embedded;

import dev.lintel.embedded.elsewhere.SecretReader;
import dev.lintel.embedded.serve.Inside;
import dev.lintel.embedded.serve.NettyFloor;
import dev.lintel.embedded.serve.Server;
import dev.lintel.embedded.serve.TlsContexts;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Starts what listens, as settings say. */
final class Servers {
    private Servers() {}

    static Server start(GatewaySettings settings, @Nullable GatewayJournal journal) {
        NettyFloor.check();
        SslContext tls = settings.certificates == null || settings.key == null
                ? null
                : TlsContexts.forClients(settings.certificates, settings.key.reveal());
        InetSocketAddress inside = new InetSocketAddress(settings.address, Math.max(0, settings.inside));
        return new Server(new Server.Parts(
                settings.limits(),
                settings.statuses,
                settings.clock,
                settings.time,
                settings.locality,
                settings.draw,
                settings.threads,
                new InetSocketAddress(settings.address, settings.port),
                tls,
                new Inside.Parts(settings.trustDomain, inside, settings.inside >= 0),
                TlsContexts.forWorkloads(settings.trusted),
                settings.trusted,
                new SecretReader(settings.secrets::find),
                journal == null ? null : journal.recorder(settings.clock)));
    }
}
