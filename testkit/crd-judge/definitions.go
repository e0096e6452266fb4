package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/json"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// The definitions are copied here from their Go modules before this is built; see crds.txt.
//
//go:embed all:crds
var crds embed.FS

// definition is one version of a custom resource. What is needed to judge is made when the first object asks for it.
type definition struct {
	namespaced bool
	status     bool
	source     *apiextensionsv1.JSONSchemaProps
	properties *apiextensions.JSONSchemaProps
	ready      bool
	structural *schema.Structural
	openAPI    validation.SchemaValidator
	rules      *cel.Validator
}

type definitions map[runtimeschema.GroupVersionKind]*definition

// releases are those whose definitions an API server has, where several are known.
type releases struct {
	istio, gatewayAPI, channel string
}

// folders has what is said of each, by the folder below crds that holds all of its kind.
func (chosen releases) folders() map[string]string {
	return map[string]string{"istio": chosen.istio, "gateway-api": chosen.gatewayAPI + "/" + chosen.channel}
}

// loadDefinitions reads everything below crds; where there are several releases, the chosen one.
func loadDefinitions(chosen releases) (definitions, error) {
	folders := chosen.folders()
	for whole, part := range folders {
		if _, err := fs.Stat(crds, "crds/"+whole+"/"+part); err != nil {
			return nil, fmt.Errorf("there is no '%s' of %s", part, whole)
		}
	}
	all := definitions{}
	err := fs.WalkDir(crds, "crds", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		whole := strings.Split(path, "/")[1]
		if part, several := folders[whole]; several && !strings.HasPrefix(path, "crds/"+whole+"/"+part+"/") {
			return nil
		}
		text, err := crds.ReadFile(path)
		if err != nil {
			return err
		}
		if err := all.add(text); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
	return all, err
}

func (all definitions) add(text []byte) error {
	found, err := documents(text)
	if err != nil {
		return err
	}
	for _, document := range found {
		if document.object["kind"] != "CustomResourceDefinition" {
			continue
		}
		external := &apiextensionsv1.CustomResourceDefinition{}
		if err := json.Unmarshal(document.source, external); err != nil {
			return err
		}
		apiextensionsv1.SetDefaults_CustomResourceDefinition(external)
		apiextensionsv1.SetDefaults_CustomResourceDefinitionSpec(&external.Spec)
		for _, version := range external.Spec.Versions {
			kind := runtimeschema.GroupVersionKind{Group: external.Spec.Group, Version: version.Name, Kind: external.Spec.Names.Kind}
			if !version.Served || version.Schema == nil {
				continue
			}
			if all[kind] != nil {
				return fmt.Errorf("%s is defined twice", kind)
			}
			internal := &apiextensions.CustomResourceValidation{}
			if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, internal, nil); err != nil {
				return err
			}
			all[kind] = &definition{
				namespaced: external.Spec.Scope == apiextensionsv1.NamespaceScoped,
				status:     version.Subresources != nil && version.Subresources.Status != nil,
				source:     version.Schema.OpenAPIV3Schema,
				properties: internal.OpenAPIV3Schema,
			}
		}
	}
	return nil
}

// list prints each version of a kind as JSON: its group, version and kind, and the schema of its objects.
func (all definitions) list(out io.Writer) error {
	kinds := make([]runtimeschema.GroupVersionKind, 0, len(all))
	for kind := range all {
		kinds = append(kinds, kind)
	}
	sort.Slice(kinds, func(i, j int) bool { return kinds[i].String() < kinds[j].String() })
	for _, kind := range kinds {
		line, err := json.Marshal(map[string]any{
			"group": kind.Group, "version": kind.Version, "kind": kind.Kind, "schema": all[kind].source})
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s\n", line); err != nil {
			return err
		}
	}
	return nil
}

func (d *definition) prepare() error {
	if d.ready {
		return nil
	}
	structural, err := schema.NewStructural(d.properties)
	if err != nil {
		return err
	}
	openAPI, _, err := validation.NewSchemaValidator(d.properties)
	if err != nil {
		return err
	}
	d.structural, d.openAPI = structural, openAPI
	d.rules = cel.NewValidator(structural, true, celconfig.PerCallLimit)
	d.ready = true
	return nil
}
