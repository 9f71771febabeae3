using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Partners;

/// <summary>The port <see cref="IPartners"/>: remembers active partners for <see cref="AccessOptions.PartnerCache"/>, so that a request costs no query.</summary>
internal sealed class PartnerDirectory(
    IDbContextFactory<AccessDbContext> contexts,
    TimeProvider time,
    IOptions<AccessOptions> options
) : IPartners
{
    private const int MaxId = 100;

    /// <summary>Holds partners that exist only, so a stranger's ids cannot fill it.</summary>
    private readonly ConcurrentDictionary<string, Remembered> remembered = new(StringComparer.Ordinal);

    private int generation;

    public async Task<PartnerView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = Volatile.Read(ref generation);
        if (remembered.TryGetValue(id, out var known) && known.Generation == now && known.Until > time.GetUtcNow())
        {
            return known.View;
        }

        if (!PlainText.Is(id, MaxId))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var partner = await db
            .Partners.AsNoTracking()
            .SingleOrDefaultAsync(p => p.Id == id && !p.Suspended && !p.Retired, cancellationToken);
        if (partner is null)
        {
            remembered.TryRemove(id, out _);
            return null;
        }

        var view = partner.ToView();
        remembered[id] = new Remembered(view, time.GetUtcNow() + options.Value.PartnerCache, now);
        return view;
    }

    /// <summary>Forgets everything, also what is being read just now: called after every change of a partner.</summary>
    public void Forget() => Interlocked.Increment(ref generation);

    private sealed record Remembered(PartnerView View, DateTimeOffset Until, int Generation);
}
