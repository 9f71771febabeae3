using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Relationships;

namespace SocialRegistry.Registry.Versions;

/// <summary>Opens what an entry of the change log holds, as far as the caller may see it.</summary>
/// <param name="admitted">Records on the other ends of memberships that the caller may know of.</param>
internal sealed class ChangedFields(ReadGate gate, Catalogue catalogue, Registrant row, IReadOnlySet<Guid> admitted)
{
    private const string Memberships = "memberships";
    private const string Attestations = "attestations.";

    /// <summary>Both ends of a membership that an entry is about.</summary>
    public static IEnumerable<Guid> Ends(ChangeEntry entry)
    {
        if (!IsMembership(entry))
        {
            return [];
        }

        var view = MembershipLog.Read(entry.Fields).New;
        return [view.GroupId.Value, view.MemberId.Value];
    }

    public List<FieldChange> Of(ChangeEntry entry, RecordCipher cipher)
    {
        using var content = JsonDocument.Parse(entry.Fields);
        var changes = new List<FieldChange>();
        foreach (var member in content.RootElement.EnumerateObject())
        {
            var old = member.Value.GetProperty("old");
            var now = member.Value.GetProperty("new");
            if (Change(entry, member.Name, old, now, cipher) is { } change)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <summary>The change of one field's value; masked where the caller sees only masked forms.</summary>
    public FieldChange Of(FieldView field, JsonElement? old, JsonElement? now)
    {
        var masks = gate.Masks(field.Id);
        JsonElement? Shown(JsonElement? value) => value is { } there && masks ? Masks.Of(field, there) : value;
        return new FieldChange(field.Id, Shown(old), Shown(now), masks);
    }

    /// <summary>The change of identifiers, those types that the caller may see; <c>null</c> when there are none.</summary>
    public FieldChange? Of(
        IReadOnlyList<StoredIdentifier> old,
        IReadOnlyList<StoredIdentifier> now,
        RecordCipher oldCipher,
        RecordCipher nowCipher
    )
    {
        var (before, after) = (Visible(old, oldCipher), Visible(now, nowCipher));
        return JsonNode.DeepEquals(before.List, after.List)
            ? null
            : new FieldChange(
                IdentifierType.Identifiers,
                before.List.Count == 0 ? null : JsonSerializer.SerializeToElement(before.List),
                after.List.Count == 0 ? null : JsonSerializer.SerializeToElement(after.List),
                before.Masked || after.Masked
            );
    }

    private FieldChange? Change(
        ChangeEntry entry,
        string name,
        JsonElement old,
        JsonElement now,
        RecordCipher cipher
    ) =>
        name switch
        {
            "status" => Plain(name, old, now),
            IdentifierType.Identifiers => Of(Stored(old), Stored(now), cipher, cipher),
            Memberships => gate.ShowsMemberships && Ends(entry).All(end => end == row.Id || IsKnown(end))
                ? Plain(name, old, now)
                : null,
            RelationshipChanges.Field => gate.ShowsRelationships && gate.Caller.Rows.IsAll
                ? Plain(name, old, now)
                : null,
            _ when name.StartsWith(Attestations, StringComparison.Ordinal) => catalogue.Rule(
                row.Kind,
                name[Attestations.Length..]
            )
                is { } attested
            && gate.Shows(attested.View)
                ? new FieldChange(name, Status(old), Status(now), false)
                : null,
            // Persons have no part in named versions.
            _ when name.StartsWith(Joining.LogField, StringComparison.Ordinal) => gate.Caller.Kind == CallerKind.Person
                ? null
                : Plain(name, old, now),
            _ => catalogue.Rule(row.Kind, name) is { } rule && gate.Shows(rule.View)
                ? Of(rule.View, Opened(rule.View, old, cipher), Opened(rule.View, now, cipher))
                : null,
        };

    private bool IsKnown(Guid end) => gate.Caller.Kind == CallerKind.Person || admitted.Contains(end);

    private static FieldChange Plain(string name, JsonElement old, JsonElement now) =>
        new(name, Present(old), Present(now), false);

    private static JsonElement? Present(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString() == "")
            ? null
            : value.Clone();

    /// <summary>The status of a statement, without the key of its row.</summary>
    private static JsonElement? Status(JsonElement statement) =>
        statement.ValueKind == JsonValueKind.Object && statement.TryGetProperty("status", out var status)
            ? status.Clone()
            : null;

    private static JsonElement? Opened(FieldView field, JsonElement stored, RecordCipher cipher) =>
        stored.ValueKind == JsonValueKind.Null ? null : cipher.Open(field, stored).Clone();

    private static List<StoredIdentifier> Stored(JsonElement list) =>
        list.ValueKind == JsonValueKind.Null ? [] : list.Deserialize<List<StoredIdentifier>>()!;

    private (JsonArray List, bool Masked) Visible(IReadOnlyList<StoredIdentifier> stored, RecordCipher cipher)
    {
        var (list, masked) = (new JsonArray(), false);
        foreach (var identifier in stored)
        {
            if (catalogue.IdentifierType(identifier.Type) is { } type && gate.Shows(type))
            {
                var value = cipher.OpenText(RecordDraft.IdentifierPath(identifier.Type), identifier.Tail);
                var masks = gate.Masks(type);
                masked |= masks;
                list.Add(
                    new JsonObject
                    {
                        ["type"] = identifier.Type,
                        ["value"] = masks ? Masks.LastCharacters(value) : value,
                    }
                );
            }
        }

        return (list, masked);
    }

    private static bool IsMembership(ChangeEntry entry) =>
        entry.Operation
            is ChangeOperations.MemberAdded
                or ChangeOperations.MemberChanged
                or ChangeOperations.MemberEnded;
}
