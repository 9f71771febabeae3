using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>Takes numbers out of the pool within the caller's transaction, and fills it.</summary>
internal sealed class NumberPool(UnitOfWork work, IdentifierReader reader, NumberSeal seal, TimeProvider time)
{
    /// <summary>Free numbers looked at for one, as some may have been typed in by hand meanwhile.</summary>
    private const int Looked = 4;

    /// <summary>Numbers stored in one transaction.</summary>
    private const int Batch = 500;

    /// <summary>
    /// A number that nobody has, to be stored with the caller's next save; when another writer is first, that save clashes and
    /// nothing of it stands. An empty pool makes one on the spot.
    /// </summary>
    public async Task<KnownIdentifier?> TakeAsync(
        RegistryDbContext db,
        IdentifierType type,
        CancellationToken cancellationToken
    )
    {
        var now = ChangeNote.Moment(time);
        foreach (var row in await FreeAsync(db, type.View.Id, cancellationToken))
        {
            var token = row.Token;
            row.TakenAt = now;
            var number = seal.Open(row.Type, token, row.Sealed!);
            row.Sealed = null;
            if (!await IsInUseAsync(db, row.Type, token, cancellationToken))
            {
                return reader.Read(type, number)!;
            }
        }

        return await MakeOneAsync(db, type, now, cancellationToken);
    }

    /// <summary>Brings the pool of a type up to its size.</summary>
    /// <returns>Numbers made.</returns>
    public async Task<int> FillAsync(IdentifierType type, CancellationToken cancellationToken)
    {
        var made = 0;
        while (true)
        {
            var batch = await work.RunAsync<int>(
                db => FillAsync(db, type, cancellationToken),
                _ => null,
                cancellationToken
            );
            if (!batch.Succeeded || batch.Value == 0)
            {
                return made;
            }

            made += batch.Value;
        }
    }

    private async Task<Contracts.Outcome<int>> FillAsync(
        RegistryDbContext db,
        IdentifierType type,
        CancellationToken cancellationToken
    )
    {
        var free = await db.PooledNumbers.CountAsync(
            n => n.Type == type.View.Id && n.TakenAt == null,
            cancellationToken
        );
        var wanted = Math.Min(Batch, type.View.Generator!.PoolSize - free);
        if (wanted <= 0)
        {
            return 0;
        }

        var numbers = new List<KnownIdentifier>();
        for (var i = 0; i < wanted; i++)
        {
            if (Make(type) is { } number && !numbers.Exists(n => n.IsSameAs(number)))
            {
                numbers.Add(number);
            }
        }

        var tokens = numbers.ConvertAll(n => n.Token);
        var known = await db
            .PooledNumbers.Where(n => n.Type == type.View.Id && tokens.Contains(n.Token))
            .Select(n => n.Token)
            .ToListAsync(cancellationToken);
        var used = await db
            .Identifiers.Where(i => i.Type == type.View.Id && tokens.Contains(i.Token))
            .Select(i => i.Token)
            .ToListAsync(cancellationToken);
        var taken = known.Concat(used).Select(Convert.ToHexString).ToHashSet();
        var fresh = numbers.Where(n => !taken.Contains(Convert.ToHexString(n.Token))).ToList();
        var now = ChangeNote.Moment(time);
        db.PooledNumbers.AddRange(fresh.Select(n => Row(n, seal.Seal(type.View.Id, n.Token, n.Value), now, null)));
        await db.SaveChangesAsync(cancellationToken);
        return fresh.Count;
    }

    private async Task<KnownIdentifier?> MakeOneAsync(
        RegistryDbContext db,
        IdentifierType type,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < Looked; i++)
        {
            if (
                Make(type) is { } number
                && !await IsInUseAsync(db, type.View.Id, number.Token, cancellationToken)
                && !await db.PooledNumbers.AnyAsync(
                    n => n.Type == type.View.Id && n.Token == number.Token,
                    cancellationToken
                )
            )
            {
                db.PooledNumbers.Add(Row(number, null, now, now));
                return number;
            }
        }

        return null;
    }

    private static async Task<List<PooledNumber>> FreeAsync(
        RegistryDbContext db,
        string type,
        CancellationToken cancellationToken
    )
    {
        var from = RandomNumberGenerator.GetInt32(int.MaxValue);
        var free = db.PooledNumbers.Where(n => n.Type == type && n.TakenAt == null).OrderBy(n => n.Slot);
        var rows = await free.Where(n => n.Slot >= from).Take(1).ToListAsync(cancellationToken);
        return rows.Count > 0 ? rows : await free.Take(1).ToListAsync(cancellationToken);
    }

    private static Task<bool> IsInUseAsync(
        RegistryDbContext db,
        string type,
        byte[] token,
        CancellationToken cancellationToken
    ) => db.Identifiers.AnyAsync(i => i.Type == type && i.Token == token, cancellationToken);

    private KnownIdentifier? Make(IdentifierType type) =>
        NumberMaker.Make(type.View, number => type.Normalise(number) == number) is { } number
            ? reader.Read(type, number)
            : null;

    private static PooledNumber Row(
        KnownIdentifier number,
        byte[]? sealedNumber,
        DateTimeOffset now,
        DateTimeOffset? taken
    ) =>
        new()
        {
            Type = number.Type.View.Id,
            Token = number.Token,
            Slot = RandomNumberGenerator.GetInt32(int.MaxValue),
            Sealed = sealedNumber,
            MadeAt = now,
            TakenAt = taken,
        };
}
