using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>
/// The stored values that a change was held against although who makes it may not read them in the clear. Refusal and acceptance alike
/// tell something of such a value, so each is a disclosure, and the refusal is the same whatever was wrong.
/// </summary>
/// <param name="caller">Who makes the change.</param>
internal sealed class Comparisons(Caller caller)
{
    /// <summary>The name of relationships in scopes and disclosures.</summary>
    private const string Relationships = "relationships";

    private readonly Dictionary<Guid, SortedSet<string>> unseen = [];

    /// <summary>The one answer where a rule is broken by what the caller may not read: no field, no bound, no value.</summary>
    public static Problem Refused { get; } =
        Problem.Conflict(
            "registrants.disagrees",
            "This does not agree with what is recorded and not shown to this caller: somebody who may see the whole record makes this change."
        );

    /// <summary>How the disclosure log names a field that a rule was held against unseen.</summary>
    public static string Shown(string field) => field + ":rule";

    /// <summary>By record, the fields that are owed to the disclosure log.</summary>
    public IReadOnlyDictionary<Guid, SortedSet<string>> Unseen => unseen;

    /// <summary>True when the caller may read the field of this record in the clear.</summary>
    public bool Sees(FieldView field, Guid registrant) =>
        caller.Fields.Contains(field.Id)
        && !caller.Masked.Contains(field.Id)
        && Sees(caller.ToldTo ?? caller, field, registrant);

    /// <summary>True when the caller may read the relationships of this record.</summary>
    public bool SeesRelationships(Guid registrant) => Reads(caller.ToldTo ?? caller, registrant);

    /// <summary>The same of anybody: permission, scope, no mask, and the purpose without which the field is not shown.</summary>
    /// <param name="registrant">Absent: any record in the caller's rows.</param>
    public static bool Sees(Caller reader, FieldView field, Guid? registrant) =>
        Reads(reader, registrant)
        && reader.Fields.Contains(field.Id)
        && !reader.Masked.Contains(field.Id)
        && (field.Class != FieldClass.Sensitive || reader.Kind == CallerKind.Person || NamesPurpose(reader));

    /// <summary>The answer depends on this field of the record, which the caller may not read.</summary>
    public void Note(Guid registrant, string field)
    {
        if (!unseen.TryGetValue(registrant, out var fields))
        {
            unseen[registrant] = fields = new SortedSet<string>(StringComparer.Ordinal);
        }

        fields.Add(Shown(field));
    }

    /// <summary>The same of the relationships of a record.</summary>
    public void NoteRelationships(Guid registrant) => Note(registrant, Relationships);

    private static bool Reads(Caller reader, Guid? registrant) =>
        reader.May(Permissions.ReadRegistrants)
        && (reader.Kind != CallerKind.Partner || NamesPurpose(reader))
        && (reader.Kind != CallerKind.Person || (registrant is { } id && reader.Self?.Value == id));

    private static bool NamesPurpose(Caller reader) => !string.IsNullOrWhiteSpace(reader.Purpose);
}
