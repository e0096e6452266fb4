package main

import (
	"embed"
	"fmt"
	"io/fs"
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
	properties *apiextensions.JSONSchemaProps
	ready      bool
	structural *schema.Structural
	openAPI    validation.SchemaValidator
	rules      *cel.Validator
}

type definitions map[runtimeschema.GroupVersionKind]*definition

// loadDefinitions reads everything below crds; of the Gateway API's folders the one of the channel.
func loadDefinitions(channel string) (definitions, error) {
	folder := "gateway-api-" + channel
	if _, err := fs.Stat(crds, "crds/"+folder); err != nil {
		return nil, fmt.Errorf("there is no channel '%s'", channel)
	}
	all := definitions{}
	err := fs.WalkDir(crds, "crds", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		if strings.HasPrefix(path, "crds/gateway-api-") && !strings.HasPrefix(path, "crds/"+folder+"/") {
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
				properties: internal.OpenAPIV3Schema,
			}
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
