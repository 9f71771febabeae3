using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>What one caller may be shown in one call (design section 6, disclosures).</summary>
internal sealed class ReadGate
{
    private readonly Caller caller;
    private readonly IReadOnlySet<string>? wanted;

    private ReadGate(Caller caller, IReadOnlySet<string>? wanted)
    {
        this.caller = caller;
        this.wanted = wanted;
    }

    /// <summary>Identifiers only when they, or their type, are among the fields asked for.</summary>
    private bool OnlyNamedIdentifiers { get; init; }

    public Caller Caller => caller;

    /// <summary>Ids of the consents by which the record is shown, separated by spaces; absent when none is needed.</summary>
    public string? Consent { get; private init; }

    /// <summary>True when the caller reads past her own rights.</summary>
    public bool BreakGlass { get; private init; }

    /// <summary>The same gate for a record of which a consent covers these fields only.</summary>
    public ReadGate Within(FieldScope covered, string? consent) =>
        new(caller with { Fields = covered }, wanted)
        {
            Consent = consent,
            BreakGlass = BreakGlass,
            OnlyNamedIdentifiers = OnlyNamedIdentifiers,
        };

    /// <summary>The same gate, for a reading past the caller's rights.</summary>
    public ReadGate Broken() => new(caller, wanted) { BreakGlass = true, OnlyNamedIdentifiers = OnlyNamedIdentifiers };

    /// <summary>For a reading of records under these options.</summary>
    public static Outcome<ReadGate> Open(Caller caller, ReadOptions options, Catalogue catalogue) =>
        Open(caller, Permissions.ReadRegistrants, options.Fields, catalogue)
            .Map(gate => new ReadGate(gate.caller, gate.wanted)
            {
                OnlyNamedIdentifiers = options.OnlyNamedIdentifiers,
            });

    /// <summary>Checks permission, purpose and the fields asked for.</summary>
    public static Outcome<ReadGate> Open(
        Caller caller,
        string permission,
        IReadOnlyList<string>? fields,
        Catalogue catalogue
    )
    {
        if (!caller.May(permission))
        {
            return RegistrantProblems.NotAllowed(permission);
        }

        if (caller.Kind == CallerKind.Partner && string.IsNullOrWhiteSpace(caller.Purpose))
        {
            return RegistrantProblems.PurposeRequired;
        }

        if (fields is null)
        {
            return new ReadGate(caller, null);
        }

        var unknown = fields
            .Index()
            .Where(f => !catalogue.Knows(f.Item) && !IsBeside(f.Item, catalogue))
            .Take(ValueLimits.MaxProblems)
            .Select(f => new FieldProblem($"fields[{f.Index}]", "unknown", "There is no such field."))
            .ToList();
        if (unknown.Count > 0)
        {
            return RegistrantProblems.UnknownFields(unknown);
        }

        var sensitive = fields.Where(f => IsSensitive(f, catalogue) && caller.Fields.Contains(f)).ToList();
        return sensitive.Count > 0 && !NamesPurpose(caller)
            ? RegistrantProblems.SensitiveNeedsPurpose(sensitive)
            : new ReadGate(caller, fields.ToHashSet());
    }

    /// <summary>For the answer to a write: the writer sees, within its scope, what it has just sent.</summary>
    public static ReadGate OfWriter(Caller caller) => new(caller, null);

    /// <summary>True when the field is in the caller's scope and asked for. Sensitive fields need a stated purpose, but for the person herself.</summary>
    public bool Shows(FieldView field) =>
        caller.Fields.Contains(field.Id)
        && wanted?.Contains(field.Id) != false
        && (field.Class != FieldClass.Sensitive || NamesPurpose(caller));

    public bool Shows(IdentifierType type) =>
        type.IsIn(caller.Fields)
        && (
            !OnlyNamedIdentifiers
            || wanted is null
            || wanted.Contains(type.View.Id)
            || wanted.Contains(IdentifierType.Identifiers)
            || wanted.Contains("identifier")
        );

    /// <summary>
    /// True when a field that is shown is shown masked. Who may reveal sees it in the clear by naming it, for a stated purpose:
    /// no list and no whole record is revealed by chance.
    /// </summary>
    public bool Masks(string field) => caller.Masked.Contains(field) && !Reveals(field);

    /// <summary>Identifiers are revealed under their type's name, or all by <c>identifiers</c>.</summary>
    public bool Masks(IdentifierType type) =>
        type.IsIn(caller.Masked) && !Reveals(type.View.Id) && !Reveals(IdentifierType.Identifiers);

    private bool Reveals(string field) =>
        caller.May(Permissions.RevealFields) && wanted?.Contains(field) == true && NamesPurpose(caller);

    /// <summary>Memberships name other registrants, so they are a field of their own in a scope.</summary>
    public bool ShowsMemberships =>
        caller.Fields.Contains("memberships")
        || caller.Fields.Contains("member_list")
        || caller.Fields.Contains("group_head_info");

    /// <summary>Relationships name other registrants too; DCI calls them <c>related_person</c>.</summary>
    public bool ShowsRelationships => ShowsRelationshipsTo(caller);

    public static bool ShowsRelationshipsTo(Caller caller) =>
        caller.Fields.Contains("relationships") || caller.Fields.Contains("related_person");

    private static bool NamesPurpose(Caller caller) =>
        caller.Kind == CallerKind.Person || !string.IsNullOrWhiteSpace(caller.Purpose);

    private static bool IsSensitive(string field, Catalogue catalogue) =>
        (catalogue.Rule(RegistrantKinds.Individual, field) ?? catalogue.Rule(RegistrantKinds.Group, field))?.View.Class
        == FieldClass.Sensitive;

    private static bool IsBeside(string name, Catalogue catalogue) =>
        name is IdentifierType.Identifiers or "identifier" or "memberships" or "member_list" or "group_head_info"
        || name is "relationships" or "related_person" or "attestations"
        || catalogue.IdentifierType(name) is not null;
}
