using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>Shows the state of attestable fields.</summary>
internal sealed class AttestationReader(FieldCatalogue catalogue, TimeProvider time)
{
    /// <summary>The statements that hold, by record.</summary>
    public static async Task<ILookup<Guid, AttestationEntry>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        CancellationToken cancellationToken
    )
    {
        var entries = await db
            .Attestations.AsNoTracking()
            .Where(a => registrants.Contains(a.RegistrantId))
            .Join(
                db.AttestationHistory.AsNoTracking(),
                a => new { a.RegistrantId, Id = a.EntryId },
                h => new { h.RegistrantId, h.Id },
                (a, h) => h
            )
            .ToListAsync(cancellationToken);
        return entries.ToLookup(e => e.RegistrantId);
    }

    /// <summary>One view per attestable field that has a value and that the gate shows.</summary>
    public List<AttestationView> Show(OpenRecord record, ReadGate gate, IEnumerable<AttestationEntry> entries)
    {
        var byField = entries.ToDictionary(e => e.Field);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var views = new List<AttestationView>();
        foreach (var rule in catalogue.Current.Rules(record.Row.Kind))
        {
            if (rule.View.Attestable && gate.Shows(rule.View) && record.Value(rule) is { } value)
            {
                var hash = record.ValueHash(rule.View.Id, value);
                views.Add(
                    byField.TryGetValue(rule.View.Id, out var entry) && entry.ValueHash == hash
                        ? Show(record, entry, today, gate.Caller, gate.Masks(rule.View.Id))
                        : new AttestationView
                        {
                            Field = rule.View.Id,
                            Status = AttestationStatuses.New,
                            ValueHash = hash,
                        }
                );
            }
        }

        return views;
    }

    /// <param name="day">The day on which it is looked at.</param>
    /// <param name="masked">People write values into comments: they are withheld with the value.</param>
    public static AttestationView Show(
        OpenRecord record,
        AttestationEntry entry,
        DateOnly day,
        Caller caller,
        bool masked = false
    ) =>
        new()
        {
            Field = entry.Field,
            Status = AttestationStatuses.OnDay(entry.Status, entry.ValidUntil, day),
            ValueHash = entry.ValueHash,
            AttestedBy = entry.By,
            AttestedAt = entry.At,
            Comments = masked ? null : Open(record, CommentsPath(entry.Field), entry.Comments),
            Evidence = masked ? null : Open(record, EvidencePath(entry.Field), entry.Evidence),
            Method = entry.Method,
            ValidUntil = entry.ValidUntil,
            Document = entry.DocumentId is { } document && SeesDocuments(caller) ? new DocumentId(document) : null,
            Signature = entry.Signature,
        };

    /// <summary>True for who may know of the documents of a record that it sees.</summary>
    public static bool SeesDocuments(Caller caller) =>
        caller.May(Permissions.ReadDocuments) && caller.Fields.Contains(DocumentTypes.Field);

    public static string CommentsPath(string field) => $"attestations.{field}.comments";

    public static string EvidencePath(string field) => $"attestations.{field}.evidence";

    private static string? Open(OpenRecord record, string path, string? tail) =>
        tail is null ? null : record.Cipher.OpenText(path, tail);
}
