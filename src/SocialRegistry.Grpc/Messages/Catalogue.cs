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
            Computed = view.Computed,
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
            Computed = wire.Computed,
            CodeList = wire.HasCodeList ? wire.CodeList : null,
            Parts = [.. wire.Parts.Select(ToView)],
            Validation = wire.HasValidation ? wire.Validation.ToJson("validation") : null,
            DciPath = wire.HasDciPath ? wire.DciPath : null,
            Claim = wire.HasClaim ? wire.Claim : null,
        };

    private static V1.CodeList ToWire(CodeListView view) =>
        new() { Id = view.Id, Codes = { view.Codes.Select(ToWire) } };

    private static V1.Code ToWire(CodeView view)
    {
        var wire = new V1.Code
        {
            Code_ = view.Code,
            Labels = { view.Labels.ToDictionary() },
            Synonyms = { view.Synonyms },
            Mappings = { view.Mappings.ToDictionary() },
            Retired = view.Retired,
            Unique = view.Unique,
        };
        if (view.Inverse is { } inverse)
        {
            wire.Inverse = inverse;
        }

        return wire;
    }

    private static CodeListView ToView(V1.CodeList wire) => new(wire.Id, [.. wire.Codes.Select(ToView)]);

    private static CodeView ToView(V1.Code wire) =>
        new(wire.Code_, wire.Labels.ToLabels(), [.. wire.Synonyms])
        {
            Mappings = wire.Mappings.ToLabels(),
            Inverse = wire.HasInverse ? wire.Inverse : null,
            Retired = wire.Retired,
            Unique = wire.Unique,
        };

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
        };
}
