using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>Brings a record back to a version: from the nearest whole one after it, by reverse patches.</summary>
internal sealed class PastRecord(RecordStore store, RecordViews views, ConsentGate consents, DisclosureLog disclosures)
{
    /// <summary>Who may read the history of an archived record; to everybody else there is no such person.</summary>
    public static bool SeesArchived(Caller caller) => caller.Kind is CallerKind.System or CallerKind.Staff;

    /// <summary>The record as it stood, in the caller's scope of today. Attestations and memberships are of today and left out.</summary>
    public async Task<Outcome<RegistrantView>> ShowAsync(
        RegistryDbContext db,
        OpenRecord record,
        long number,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        using var then = await ReadAsync(db, record, number, cancellationToken);
        if (then is null)
        {
            return RegistrantProblems.VersionNotFound;
        }

        var shown = new List<string>();
        var of = (await consents.LoadAsync(db, [record.Row.Id], gate.Caller, cancellationToken)).Gate(
            gate,
            record.Row.Id
        );
        var view = views.Show(then.Record, of, shown) with { Version = number, UpdatedAt = then.Entry.RecordedAt };
        await disclosures.WriteAsync([disclosures.Row(of, record.Row.Id, shown)], cancellationToken);
        return view;
    }

    /// <summary>The record with the document of a version; <c>null</c> when there is no such version.</summary>
    public async Task<VersionThen?> ReadAsync(
        RegistryDbContext db,
        OpenRecord record,
        long number,
        CancellationToken cancellationToken
    )
    {
        if (number < 1 || number > record.Row.Version)
        {
            return null;
        }

        var id = record.Row.Id;
        var last = Math.Min(
            (number + VersionEntry.SnapshotEvery - 1) / VersionEntry.SnapshotEvery * VersionEntry.SnapshotEvery,
            record.Row.Version
        );
        var entries = await db
            .Versions.AsNoTracking()
            .Where(v => v.RegistrantId == id && v.Number >= number && v.Number <= last)
            .OrderByDescending(v => v.Number)
            .ToListAsync(cancellationToken);
        var document = entries[0].Snapshot is { } snapshot ? StoredDocument.FromSnapshot(snapshot) : record.Document;
        foreach (var entry in entries.SkipLast(1))
        {
            document = document.Back(entry.ReversePatch);
        }

        var epoch = entries[^1].Epoch;
        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => k.RegistrantId == id && k.Epoch == epoch)
            .ToListAsync(cancellationToken);
        return new VersionThen(
            entries[^1],
            new OpenRecord(record.Row, store.Cipher(record.Row, entries[^1].Epoch, keys)) { Document = document }
        );
    }
}

/// <summary>A version and the record as it stood then.</summary>
internal sealed record VersionThen(VersionEntry Entry, OpenRecord Record) : IDisposable
{
    public void Dispose() => Record.Dispose();
}
