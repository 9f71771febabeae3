using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>The ciphers of one record by epoch: entries of its log keep the tails of their own time.</summary>
internal sealed class EpochCiphers : IDisposable
{
    private readonly OpenRecord record;
    private readonly Dictionary<int, RecordCipher> older = [];

    private EpochCiphers(OpenRecord record) => this.record = record;

    public static async Task<EpochCiphers> LoadAsync(
        RegistryDbContext db,
        RecordStore store,
        OpenRecord record,
        IEnumerable<int> epochs,
        CancellationToken cancellationToken
    )
    {
        var ciphers = new EpochCiphers(record);
        var id = record.Row.Id;
        foreach (var epoch in epochs.Where(e => e != record.Row.Epoch).Distinct())
        {
            var keys = await db
                .RecordKeys.AsNoTracking()
                .Where(k => k.RegistrantId == id && k.Epoch == epoch)
                .ToListAsync(cancellationToken);
            ciphers.older[epoch] = store.Cipher(record.Row, epoch, keys);
        }

        return ciphers;
    }

    public RecordCipher Of(int epoch) => epoch == record.Row.Epoch ? record.Cipher : older[epoch];

    public void Dispose()
    {
        foreach (var cipher in older.Values)
        {
            cipher.Dispose();
        }
    }
}
