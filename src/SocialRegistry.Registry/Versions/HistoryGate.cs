using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>What of a history is for a caller. Names of staff and of other systems, reasons and request ids are for who may see every field.</summary>
internal sealed class HistoryGate(ReadGate gate, Catalogue catalogue, string kind)
{
    private const string Withheld = "withheld";

    private Caller Caller => gate.Caller;

    public string Actor(string actor) => Caller.Fields.IsAll || actor == Caller.Id ? actor : Withheld;

    /// <summary>People write values into reasons, so only who may see every field reads them.</summary>
    public string? Reason(RecordCipher cipher, string? tail) =>
        tail is null || !Caller.Fields.IsAll ? null : cipher.OpenText("reason", tail);

    public string? RequestId(string? id) => Caller.Fields.IsAll ? id : null;

    /// <summary>True when the caller may know that a field changed.</summary>
    public bool Shows(string field) =>
        field == "status"
        || (
            field == IdentifierType.Identifiers
                ? catalogue.View.IdentifierTypes.Any(t => t.Kind == kind && gate.Shows(catalogue.IdentifierType(t.Id)!))
            : field == "memberships" ? gate.ShowsMemberships
            : field == Relationships.RelationshipChanges.Field ? gate.ShowsRelationships
            : catalogue.Rule(kind, field) is { } rule && gate.Shows(rule.View)
        );

    /// <summary>What is wrong with a filter; <c>null</c> when nothing is.</summary>
    public Problem? Check(HistoryFilter filter) =>
        filter.To < filter.From ? VersionProblems.Period
        : filter.Field is { } field
        && catalogue.Rule(kind, field) is null
        && field
            is not ("status" or IdentifierType.Identifiers or "memberships" or Relationships.RelationshipChanges.Field)
            ? VersionProblems.UnknownField
        : null;

    /// <summary>True when the filter asks about what is not for the caller: then nothing is found.</summary>
    public bool FindsNothing(HistoryFilter filter) =>
        (filter.Field is { } field && !Shows(field))
        || (filter.Actor is { } actor && !Caller.Fields.IsAll && actor != Caller.Id);
}
