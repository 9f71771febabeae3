using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Registrants;

/// <summary>A request under an idempotency key.</summary>
/// <param name="ContentHash">Of all that was sent; see <see cref="IdempotencyKey.HashOf"/>.</param>
internal sealed record Repeat(string Key, byte[] ContentHash, ChangeNote Note);

/// <summary>
/// Answers a request that was carried out before as it was answered then: to who may still know of all that the answer names, and as
/// unknown to everybody else.
/// </summary>
internal sealed class Repeats(RowRules rules, IKeyRing keys, RegistryOptions options)
{
    /// <summary>The request under its key; <c>null</c> without one, and on a dry run, which is neither repeated nor remembered.</summary>
    /// <param name="name">Tells requests of different sorts apart.</param>
    /// <param name="content">All that was sent.</param>
    public Repeat? Of(string? key, bool dryRun, string name, object content, ChangeNote note) =>
        key is null || dryRun
            ? null
            : new Repeat(key, IdempotencyKey.HashOf(new { Name = name, Content = content }, keys), note);

    /// <summary>The record of an earlier request under the key; a problem when its content was another.</summary>
    public async Task<Outcome<IdempotencyKey?>> FindAsync(
        RegistryDbContext db,
        Repeat? repeat,
        CancellationToken cancellationToken
    )
    {
        if (repeat is null)
        {
            return (IdempotencyKey?)null;
        }

        var known = await IdempotencyKey.FindAsync(
            db,
            repeat.Note.Caller,
            repeat.Key,
            repeat.Note.Now.AddDays(-options.IdempotencyDays),
            cancellationToken
        );
        return known is null || known.ContentHash.AsSpan().SequenceEqual(repeat.ContentHash)
            ? (Outcome<IdempotencyKey?>)known
            : RegistrantProblems.KeyReused;
    }

    /// <summary>The answer of an earlier request under the key; <c>null</c> when there was none.</summary>
    /// <param name="named">Records that the answer names.</param>
    public async Task<Outcome<T>?> RecallAsync<T>(
        RegistryDbContext db,
        Repeat? repeat,
        Func<T, IEnumerable<Guid>> named,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(db, repeat, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        if (found.Value is null)
        {
            return null;
        }

        if (found.Value.Answer is not { } text)
        {
            return RegistrantProblems.KeyReused;
        }

        var answer = JsonSerializer.Deserialize<T>(text)!;
        return await MayKnowAsync(db, [.. named(answer)], repeat!.Note.Caller, cancellationToken)
            ? answer
            : RegistrantProblems.NotFound;
    }

    /// <summary>True when the caller may know of all these records today.</summary>
    public async Task<bool> MayKnowAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var asked = ids.Distinct().ToList();
        return asked.Count == 0
            || (await rules.AdmittedAsync(db, asked, caller, cancellationToken)).Count == asked.Count;
    }

    /// <summary>Keeps the answer, in the transaction of the request. It holds ids, codes and days, no values of persons.</summary>
    public static void Remember<T>(RegistryDbContext db, Repeat? repeat, Guid registrant, T answer)
    {
        if (repeat is null)
        {
            return;
        }

        db.IdempotencyKeys.Add(
            new IdempotencyKey
            {
                Caller = IdempotencyKey.CallerOf(repeat.Note.Caller),
                Key = repeat.Key,
                ContentHash = repeat.ContentHash,
                RegistrantId = registrant,
                At = repeat.Note.Now,
                Answer = JsonSerializer.Serialize(answer),
            }
        );
    }
}
