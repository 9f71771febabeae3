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

    public static V1.Field ToWire(this FieldView view)
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
            State = view.State.ToWire(),
            Precisions = { view.Precisions.Select(p => p.ToWire()) },
            SelfService = view.SelfService.ToWire(),
            Statistics = view.Statistics.ToWire(),
            AttestationPolicy = view.AttestationPolicy is { } policy ? ToWire(policy) : null,
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

        if (view.G2pPath is { } g2p)
        {
            wire.G2PPath = g2p;
        }

        if (view.GovStackName is { } govStack)
        {
            wire.GovstackName = govStack;
        }

        if (view.Claim is { } claim)
        {
            wire.Claim = claim;
        }

        return wire;
    }

    public static FieldView ToView(this V1.Field wire) =>
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
            State = wire.State.ToView(),
            Precisions = [.. wire.Precisions.Select(p => p.ToView())],
            SelfService = wire.SelfService.ToView(),
            Statistics = wire.Statistics.ToView(),
            AttestationPolicy = wire.AttestationPolicy is { } policy ? ToView(policy) : null,
            CodeList = wire.HasCodeList ? wire.CodeList : null,
            Parts = [.. wire.Parts.Select(ToView)],
            Validation = wire.HasValidation ? wire.Validation.ToJson("validation") : null,
            DciPath = wire.HasDciPath ? wire.DciPath : null,
            G2pPath = wire.HasG2PPath ? wire.G2PPath : null,
            GovStackName = wire.HasGovstackName ? wire.GovstackName : null,
            Claim = wire.HasClaim ? wire.Claim : null,
        };

    private static V1.AttestationPolicy ToWire(AttestationPolicyView view)
    {
        var wire = new V1.AttestationPolicy
        {
            Roles = { view.Roles },
            EvidenceRequired = view.EvidenceRequired,
            DocumentRequired = view.DocumentRequired,
            TwoPersons = view.TwoPersons,
        };
        if (view.ValidMonths is { } months)
        {
            wire.ValidMonths = months;
        }

        return wire;
    }

    private static AttestationPolicyView ToView(V1.AttestationPolicy wire) =>
        new()
        {
            Roles = [.. wire.Roles],
            EvidenceRequired = wire.EvidenceRequired,
            DocumentRequired = wire.DocumentRequired,
            ValidMonths = wire.HasValidMonths ? wire.ValidMonths : null,
            TwoPersons = wire.TwoPersons,
        };

    public static V1.CodeList ToWire(this CodeListView view) =>
        new()
        {
            Id = view.Id,
            Codes = { view.Codes.Select(ToWire) },
            Labels = { view.Labels.ToDictionary() },
        };

    public static V1.Code ToWire(this CodeView view)
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

    public static CodeListView ToView(this V1.CodeList wire) =>
        new(wire.Id, [.. wire.Codes.Select(ToView)]) { Labels = wire.Labels.ToLabels() };

    public static CodeView ToView(this V1.Code wire) =>
        new(wire.Code_, wire.Labels.ToLabels(), [.. wire.Synonyms])
        {
            Mappings = wire.Mappings.ToLabels(),
            Inverse = wire.HasInverse ? wire.Inverse : null,
            Retired = wire.Retired,
            Unique = wire.Unique,
        };

    public static V1.IdentifierType ToWire(this IdentifierTypeView view)
    {
        var wire = new V1.IdentifierType
        {
            Id = view.Id,
            Labels = { view.Labels.ToDictionary() },
            Kind = view.Kind,
            Normalisation = view.Normalisation,
            Synonyms = { view.Synonyms },
            Retired = view.Retired,
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

    public static IdentifierTypeView ToView(this V1.IdentifierType wire) =>
        new()
        {
            Id = wire.Id,
            Labels = wire.Labels.ToLabels(),
            Kind = wire.Kind,
            Pattern = wire.HasPattern ? wire.Pattern : null,
            Normalisation = wire.Normalisation,
            Synonyms = [.. wire.Synonyms],
            Retired = wire.Retired,
            CheckDigit = wire.HasCheckDigit ? wire.CheckDigit : null,
            Generator = wire.Generator?.ToView(),
        };
}
