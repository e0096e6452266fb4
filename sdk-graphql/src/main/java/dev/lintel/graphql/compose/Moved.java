package dev.lintel.graphql.compose;

import dev.lintel.graphql.model.Answer;
import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Discriminator;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Words;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one service says, moved into a model of several: ids begin with the service, wishes for names with the prefix. */
final class Moved {
    private final String service;
    private final String prefix;

    Moved(String service, String prefix) {
        this.service = service;
        this.prefix = prefix;
    }

    Operation operation(Operation o) {
        return new Operation(
                o.method(),
                o.path(),
                hint(o),
                o.description(),
                o.deprecated(),
                o.parameters().stream().map(this::parameter).toList(),
                body(o.body()),
                new Answer(
                        o.answer().status(),
                        o.answer().mediaType(),
                        maybe(o.answer().use()),
                        o.answer().links().stream().map(this::link).toList()),
                o.security(),
                service);
    }

    private Link link(Link link) {
        String target = (service.isEmpty() ? "" : service + " ") + link.target();
        return new Link(link.name(), target, link.parameters(), link.description());
    }

    private String hint(Operation o) {
        if (prefix.isEmpty()) {
            return o.hint();
        }
        String own = o.hint().isEmpty()
                ? o.method().toLowerCase(Locale.ROOT)
                        + o.path().replace("{", "/by/").replace("}", "")
                : o.hint();
        return prefix + Words.pascal(own);
    }

    Definition definition(Definition type) {
        String hint = prefix.isEmpty() ? type.hint() : Words.pascal(prefix) + Words.pascal(type.hint());
        if (type instanceof Definition.Fields fields) {
            return new Definition.Fields(
                    id(fields.id()),
                    hint,
                    fields.description(),
                    fields.properties().stream().map(this::property).toList(),
                    fields.subtypes().stream().map(this::id).toList(),
                    discriminator(fields.discriminator()));
        }
        if (type instanceof Definition.Variants variants) {
            List<String> members = variants.members().stream().map(this::id).toList();
            return new Definition.Variants(
                    id(variants.id()), hint, variants.description(), members, discriminator(variants.discriminator()));
        }
        return new Definition.Choice(id(type.id()), hint, type.description(), ((Definition.Choice) type).values());
    }

    Loss loss(Loss loss) {
        return service.isEmpty()
                ? loss
                : new Loss(loss.kind(), service + " " + loss.where(), loss.construct(), loss.reason());
    }

    private Parameter parameter(Parameter p) {
        return new Parameter(
                p.name(),
                p.place(),
                p.required(),
                use(p.use()),
                p.style(),
                p.explode(),
                p.allowReserved(),
                p.hasDefault(),
                p.description(),
                p.example());
    }

    private Property property(Property p) {
        return new Property(
                p.name(), use(p.use()), p.required(), p.direction(), p.hasDefault(), p.description(), p.deprecated());
    }

    private @Nullable Body body(@Nullable Body body) {
        return body == null
                ? null
                : new Body(body.mediaType(), body.required(), use(body.use()), body.encodings(), body.description());
    }

    private @Nullable Discriminator discriminator(@Nullable Discriminator told) {
        if (told == null) {
            return null;
        }
        TreeMap<String, String> types = new TreeMap<>();
        told.types().forEach((value, id) -> types.put(value, id(id)));
        return new Discriminator(told.property(), types);
    }

    private @Nullable Use maybe(@Nullable Use use) {
        return use == null ? null : use(use);
    }

    private Use use(Use use) {
        return new Use(shape(use.shape()), use.nullable());
    }

    private Shape shape(Shape shape) {
        if (shape instanceof Shape.Items items) {
            return new Shape.Items(use(items.of()));
        }
        if (shape instanceof Shape.Entries entries) {
            return new Shape.Entries(use(entries.of()));
        }
        return shape instanceof Shape.Named named ? new Shape.Named(id(named.id())) : shape;
    }

    private String id(String id) {
        return service + id;
    }
}
