package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	apiextensionsvalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// judgeFile counts the objects of a file and says what is wrong with them, in their order.
func judgeFile(all definitions, file string) (int, []string) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, []string{err.Error()}
	}
	found, err := documents(text)
	if err != nil {
		return 0, []string{err.Error()}
	}
	if len(found) == 0 {
		return 0, []string{"holds no object"}
	}
	var violations []string
	for _, document := range found {
		for _, message := range judge(all, document) {
			violations = append(violations, name(document.object)+": "+message)
		}
	}
	return len(found), violations
}

func name(object map[string]any) string {
	metadata, _ := object["metadata"].(map[string]any)
	return fmt.Sprintf("%v %v/%v", object["kind"], metadata["namespace"], metadata["name"])
}

// judge takes the way of an object that is created: pruned, defaulted, validated by the schema, then by its rules.
func judge(all definitions, document document) []string {
	object := document.object
	version, _ := object["apiVersion"].(string)
	kind, _ := object["kind"].(string)
	parsed, err := runtimeschema.ParseGroupVersion(version)
	if err != nil {
		return []string{"apiVersion: " + err.Error()}
	}
	definition := all[parsed.WithKind(kind)]
	if definition == nil {
		return judgeBuiltin(document.source, parsed.WithKind(kind))
	}
	if err := definition.prepare(); err != nil {
		return []string{"its definition is no good: " + err.Error()}
	}
	dropped := nulls(nil, object)
	if _, given := object["status"]; given && definition.status {
		dropped = append(dropped, "status: would be dropped: what creates an object does not say its status")
	}
	meta, metaErrors := metadata(object, &dropped)
	for _, path := range pruning.PruneWithOptions(
		object, definition.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}) {
		dropped = append(dropped, path+": would be dropped: no such field")
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(object, definition.structural)
	defaulting.Default(object, definition.structural)

	errors := append(metaErrors, objectmeta.Validate(nil, object, definition.structural, true)...)
	if meta != nil {
		errors = append(errors, metaRules(meta, definition.namespaced)...)
	}
	errors = append(errors, apiextensionsvalidation.ValidateCustomResource(nil, object, definition.openAPI)...)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, definition.structural, object)...)
	if len(errors) == 0 && definition.rules != nil {
		found, _ := definition.rules.Validate(
			context.Background(), nil, definition.structural, object, nil, celconfig.RuntimeCELCostBudget)
		errors = append(errors, found...)
	}
	slices.Sort(dropped)
	return append(dropped, messages(errors)...)
}

// metadata reads what every object has. Its fields are unknown to the schema, so that they are looked at here.
func metadata(object map[string]any, dropped *[]string) (*metav1.ObjectMeta, field.ErrorList) {
	coerced, unknown := objectmeta.CoerceWithOptions(nil, object, nil, true, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	for _, path := range unknown {
		*dropped = append(*dropped, path+": would be dropped: no such field")
	}
	if coerced != nil {
		return nil, field.ErrorList{coerced}
	}
	meta, given, err := objectmeta.GetObjectMeta(object, false)
	if err != nil {
		return nil, field.ErrorList{field.Invalid(field.NewPath("metadata"), nil, err.Error())}
	}
	if !given {
		return nil, field.ErrorList{field.Required(field.NewPath("metadata"), "")}
	}
	return meta, nil
}

func metaRules(meta *metav1.ObjectMeta, namespaced bool) field.ErrorList {
	return validation.ValidateObjectMeta(meta, namespaced, validation.NameIsDNSSubdomain, field.NewPath("metadata"))
}

// nulls finds what an API server drops without a word.
func nulls(path *field.Path, value any) []string {
	var found []string
	switch value := value.(type) {
	case nil:
		found = append(found, path.String()+": would be dropped: null")
	case map[string]any:
		for key, inner := range value {
			if path == nil {
				found = append(found, nulls(field.NewPath(key), inner)...)
			} else {
				found = append(found, nulls(path.Child(key), inner)...)
			}
		}
	case []any:
		for index, inner := range value {
			found = append(found, nulls(path.Index(index), inner)...)
		}
	}
	return found
}

func messages(errors field.ErrorList) []string {
	var lines []string
	for _, err := range errors {
		lines = append(lines, err.Field+": "+err.ErrorBody())
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
