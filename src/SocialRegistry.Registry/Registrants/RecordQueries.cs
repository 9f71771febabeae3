using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>A record with its keys, for reading.</summary>
internal sealed record ReadRow(Registrant Row, List<RecordKeyRow> Keys);

/// <summary>A record that is to be changed, tracked.</summary>
internal sealed record LoadedRow(Registrant Row, List<RecordKeyRow> Keys, List<Attestation> Attestations);

/// <summary>The two queries of nearly every call, compiled once: making one anew costs more than its answer. One statement each.</summary>
internal sealed class RecordQueries
{
    /// <summary>One record with the keys of its epoch.</summary>
    public Func<RegistryDbContext, Guid, IAsyncEnumerable<ReadRow>> Read { get; } =
        EF.CompileAsyncQuery(
            (RegistryDbContext db, Guid id) =>
                db.Set<Registrant>()
                    .AsNoTracking()
                    .Where(r => r.Id == id)
                    .Select(r => new ReadRow(
                        r,
                        db.Set<RecordKeyRow>().Where(k => k.RegistrantId == r.Id && k.Epoch == r.Epoch).ToList()
                    ))
        );

    /// <summary>One record with the keys of its epoch and the attestations of these fields.</summary>
    public Func<RegistryDbContext, Guid, List<string>, IAsyncEnumerable<LoadedRow>> Load { get; } =
        EF.CompileAsyncQuery(
            (RegistryDbContext db, Guid id, List<string> fields) =>
                db.Set<Registrant>()
                    .Where(r => r.Id == id)
                    .Select(r => new LoadedRow(
                        r,
                        db.Set<RecordKeyRow>().Where(k => k.RegistrantId == r.Id && k.Epoch == r.Epoch).ToList(),
                        db.Set<Attestation>().Where(a => a.RegistrantId == r.Id && fields.Contains(a.Field)).ToList()
                    ))
        );

    /// <summary>The one row there is by an id.</summary>
    public static async Task<T?> OneAsync<T>(IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            return row;
        }

        return null;
    }
}
