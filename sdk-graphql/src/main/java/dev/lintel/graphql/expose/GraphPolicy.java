package dev.lintel.graphql.expose;

import dev.lintel.core.Policy;

/** Something said about an API that is a graph. */
public sealed interface GraphPolicy extends Policy
        permits GraphSource, GraphField, GraphLimit, GraphIntrospection, GraphOption, GraphNames {}
