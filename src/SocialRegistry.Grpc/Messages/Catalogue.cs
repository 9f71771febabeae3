using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Catalogue
{
    public static V1.GetCatalogueReply ToWire(this CatalogueView view) =>
        new()
        {
            Version = view.Version,
            Fields = { view.Fields.Select(ToWire) },
            CodeLists = { view.CodeLists.Select(ToWire) },
            IdentifierTypes = { view.IdentifierTypes.Select(ToWire) },
        };

    public static CatalogueView ToView(this V1.GetCatalogueReply wire) =>
        new()
        {
            Version = wire.Version,
            Fields = [.. wire.Fields.Select(ToView)],
            CodeLists = [.. wire.CodeLists.Select(ToView)],
            IdentifierTypes = [.. wire.IdentifierTypes.Select(ToView)],
        };

    private static V1.Field ToWire(FieldView view)
    {
        var wire = new V1.Field
        {
            Id = view.Id,
            Kind = view.Kind,
            Type = view.Type.ToWire(),
            Class = view.Class.ToWire(),
            Labels = { view.Labels.ToDictionary() },
            Section = view.Section,
            IsRepeated = view.Repeated,
            IsRequired = view.Required,
            Attestable = view.Attestable,
            Searchable = view.Searchable,
            Parts = { view.Parts.Select(ToWire) },
        };
        if (view.CodeList is { } list)
        {
            wire.CodeList = list;
        }

        if (view.Validation is { } validation)
        {
            wire.Validation = validation.GetRawText();
        }

        if (view.DciPath is { } path)
        {
            wire.DciPath = path;
        }

        if (view.Claim is { } claim)
        {
            wire.Claim = claim;
        }

        return wire;
    }

    private static FieldView ToView(V1.Field wire) =>
        new()
        {
            Id = wire.Id,
            Kind = wire.Kind,
            Type = wire.Type.ToView(),
            Class = wire.Class.ToView(),
            Labels = wire.Labels.ToLabels(),
            Section = wire.Section,
            Repeated = wire.IsRepeated,
            Required = wire.IsRequired,
            Attestable = wire.Attestable,
            Searchable = wire.Searchable,
            CodeList = wire.HasCodeList ? wire.CodeList : null,
            Parts = [.. wire.Parts.Select(ToView)],
            Validation = wire.HasValidation ? wire.Validation.ToJson("validation") : null,
            DciPath = wire.HasDciPath ? wire.DciPath : null,
            Claim = wire.HasClaim ? wire.Claim : null,
        };

    private static V1.CodeList ToWire(CodeListView view) =>
        new()
        {
            Id = view.Id,
            Codes =
            {
                view.Codes.Select(code => new V1.Code
                {
                    Code_ = code.Code,
                    Labels = { code.Labels.ToDictionary() },
                    Synonyms = { code.Synonyms },
                }),
            },
        };

    private static CodeListView ToView(V1.CodeList wire) =>
        new(
            wire.Id,
            [.. wire.Codes.Select(code => new CodeView(code.Code_, code.Labels.ToLabels(), [.. code.Synonyms]))]
        );

    private static V1.IdentifierType ToWire(IdentifierTypeView view)
    {
        var wire = new V1.IdentifierType
        {
            Id = view.Id,
            Labels = { view.Labels.ToDictionary() },
            Kind = view.Kind,
            Normalisation = view.Normalisation,
            Synonyms = { view.Synonyms },
        };
        if (view.Pattern is { } pattern)
        {
            wire.Pattern = pattern;
        }

        if (view.CheckDigit is { } check)
        {
            wire.CheckDigit = check;
        }

        wire.Generator = view.Generator?.ToWire();

        return wire;
    }

    private static IdentifierTypeView ToView(V1.IdentifierType wire) =>
        new()
        {
            Id = wire.Id,
            Labels = wire.Labels.ToLabels(),
            Kind = wire.Kind,
            Pattern = wire.HasPattern ? wire.Pattern : null,
            Normalisation = wire.Normalisation,
            Synonyms = [.. wire.Synonyms],
            CheckDigit = wire.HasCheckDigit ? wire.CheckDigit : null,
            Generator = wire.Generator?.ToView(),
        };
}
