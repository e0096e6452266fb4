/** Access rules as Rego: a policy that decides as the evaluator does, with a test for each class of requests. */
@CheckReturnValue
package dev.lintel.auth.opa.rego;

import com.google.errorprone.annotations.CheckReturnValue;
