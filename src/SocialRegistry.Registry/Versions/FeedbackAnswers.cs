using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>Answers to feedback that was sent with an idempotency key.</summary>
internal sealed class FeedbackAnswers(UnitOfWork work, IKeyRing keys, RegistryOptions options, TimeProvider time)
{
    /// <summary>What the same call was answered with the first time.</summary>
    public Task<Outcome<FeedbackResult>?> RecallAsync(
        Feedback feedback,
        byte[] hash,
        Caller caller,
        CancellationToken cancellationToken
    ) => KnownAsync(feedback, hash, caller, null, cancellationToken);

    /// <summary>Keeps the answer; another one when the same call was quicker.</summary>
    public async Task<Outcome<FeedbackResult>> RememberAsync(
        Feedback feedback,
        byte[] hash,
        FeedbackResult result,
        Caller caller,
        CancellationToken cancellationToken
    ) => await KnownAsync(feedback, hash, caller, result, cancellationToken) ?? result;

    /// <summary>What the key was answered with the first time; otherwise keeps the answer, when there is one.</summary>
    private async Task<Outcome<FeedbackResult>?> KnownAsync(
        Feedback feedback,
        byte[] hash,
        Caller caller,
        FeedbackResult? answer,
        CancellationToken cancellationToken
    )
    {
        var now = ChangeNote.Moment(time);
        var outcome = await work.RunAsync<Recalled>(
            async db =>
            {
                var known = await IdempotencyKey.FindAsync(
                    db,
                    caller,
                    feedback.IdempotencyKey!,
                    now.AddDays(-options.IdempotencyDays),
                    cancellationToken
                );
                if (known is not null)
                {
                    return known.Answer is { } stored && known.ContentHash.AsSpan().SequenceEqual(hash)
                        ? new Recalled(Read(feedback.NamedVersion, stored))
                        : RegistrantProblems.KeyReused;
                }

                if (answer is not null)
                {
                    db.IdempotencyKeys.Add(
                        new IdempotencyKey
                        {
                            Caller = IdempotencyKey.CallerOf(caller),
                            Key = feedback.IdempotencyKey!,
                            ContentHash = hash,
                            RegistrantId =
                                answer.Items.FirstOrDefault(i => i.Succeeded).Value?.Registrant.Value ?? Guid.Empty,
                            At = now,
                            Answer = Write(answer),
                        }
                    );
                    await db.SaveChangesAsync(cancellationToken);
                }

                return new Recalled(null);
            },
            _ => null,
            cancellationToken
        );
        if (!outcome.Succeeded)
        {
            return (Outcome<FeedbackResult>)outcome.Problem;
        }

        return outcome.Value.Result is { } result ? (Outcome<FeedbackResult>?)result : null;
    }

    private static string Write(FeedbackResult result) =>
        JsonSerializer.Serialize(
            result.Items.Select(i => new StoredItem(
                i.Value?.Registrant.Value,
                i.Value?.Version,
                i.Value?.Changed,
                i.Problem
            ))
        );

    private static FeedbackResult Read(string name, string answer) =>
        new(
            name,
            [
                .. JsonSerializer
                    .Deserialize<List<StoredItem>>(answer)!
                    .Select(i =>
                        i.Problem is { } problem
                            ? (Outcome<FeedbackTaken>)problem
                            : new FeedbackTaken(new RegistrantId(i.Id!.Value), i.Version!.Value, i.Changed!.Value)
                    ),
            ]
        );

    public byte[] HashOf(Feedback feedback) =>
        IdempotencyKey.HashOf(new { feedback.NamedVersion, feedback.Items }, keys);

    private sealed record Recalled(FeedbackResult? Result);

    /// <summary>An item's outcome in the table of keys: ids, numbers and problems, no values.</summary>
    private sealed record StoredItem(Guid? Id, long? Version, bool? Changed, Problem? Problem);
}
