using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Tokens;
using SocialRegistry.Credentials.Types;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>Answers credential requests (OpenID4VCI 1.0 §8).</summary>
internal sealed partial class IssueCredentials(
    IDbContextFactory<CredentialsDbContext> contexts,
    RequestedConfiguration requested,
    KeyProofs proofs,
    Nonces nonces,
    AttestedClaims claims,
    CredentialSigner signer,
    IOptions<CredentialsOptions> options,
    TimeProvider time,
    ILogger<IssueCredentials> logger
)
{
    /// <summary>A wallet may ask again when an answer was lost, but not for ever.</summary>
    private const int MaxBatchesOfToken = 10;

    public async Task<WalletOutcome<CredentialResponse>> HandleAsync(
        CredentialRequest request,
        Grant grant,
        string? requestId,
        CancellationToken cancellationToken
    )
    {
        var configuration = requested.Find(request, grant);
        if (configuration.Failed)
        {
            return configuration.Error!;
        }

        var keys = await ProveAsync(request, cancellationToken);
        if (keys.Failed)
        {
            return keys.Error! with { Nonce = nonces.New(), NonceExpiresIn = nonces.ExpiresIn };
        }

        var content = await claims.ReadAsync(
            new RegistrantId(grant.Registrant),
            configuration.Value,
            requestId,
            cancellationToken
        );
        if (!content.Succeeded)
        {
            Log.Denied(logger, grant.Offer, content.Problem.Code);
            return content.Problem.Kind == ProblemKind.Unavailable
                ? WalletError.Of("temporarily_unavailable", "The registry does not answer. Try again.", 503)
                : WalletError.Denied("The registry no longer attests what this credential says.");
        }

        var issued = keys.Value.Select(key => Content(configuration.Value, content.Value, key)).ToList();
        if (!await RecordAsync(grant, configuration.Value, issued, cancellationToken))
        {
            return WalletError.Denied("This access token has been used for as many credentials as it allows.");
        }

        var credentials = issued
            .Select(c => new IssuedItem { Credential = signer.Issue(configuration.Value.Format, c) })
            .ToList();
        Log.Issued(logger, grant.Offer, configuration.Value.Id, credentials.Count);
        return new CredentialResponse
        {
            Credentials = credentials,
            // Drafts up to 14 read this member.
            Credential = request.Format is null ? null : credentials[0].Credential,
            Nonce = nonces.New(),
            NonceExpiresIn = nonces.ExpiresIn,
        };
    }

    private async Task<WalletOutcome<IReadOnlyList<ProvedKey>>> ProveAsync(
        CredentialRequest request,
        CancellationToken cancellationToken
    )
    {
        var keys = new List<ProvedKey>();
        foreach (var proof in request.Proofs)
        {
            var proved = proofs.Check(proof);
            if (proved.Failed)
            {
                return proved.Error!;
            }

            keys.Add(proved.Value);
        }

        if (keys.DistinctBy(key => key.Key.Thumbprint()).Count() != keys.Count)
        {
            return WalletError.InvalidProof("Two key proofs are of the same key; each credential has its own.");
        }

        return await nonces.UseAsync(keys.Select(key => key.Nonce), cancellationToken)
            ? keys
            : WalletError.InvalidNonce;
    }

    private CredentialContent Content(CredentialConfiguration configuration, AttestedContent content, ProvedKey key)
    {
        var now = time.GetUtcNow();
        return new CredentialContent
        {
            Type = configuration.Type.Name,
            // Random, not by time: ids of a batch must not tell that they belong together.
            Id = Guid.NewGuid(),
            Claims = content.Claims,
            Evidence = content.Evidence,
            IssuedAt = now,
            ExpiresAt = now.AddDays(options.Value.ValidityDays),
            HolderKey = key.Key,
            HolderDid = key.Did,
        };
    }

    private async Task<bool> RecordAsync(
        Grant grant,
        CredentialConfiguration configuration,
        List<CredentialContent> issued,
        CancellationToken cancellationToken
    )
    {
        var most = options.Value.BatchSize * MaxBatchesOfToken - issued.Count;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var counted = await db
            .Grants.Where(g => g.TokenHash == grant.TokenHash && g.Issued <= most)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Issued, g => g.Issued + issued.Count), cancellationToken);
        if (counted == 0)
        {
            return false;
        }

        db.Issued.AddRange(
            issued.Select(credential => new IssuedCredential
            {
                Registrant = grant.Registrant,
                Id = credential.Id,
                Offer = grant.Offer,
                Configuration = configuration.Id,
                HolderKey = credential.HolderKey!.Thumbprint(),
                IssuedAt = credential.IssuedAt,
                ExpiresAt = credential.ExpiresAt,
            })
        );
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 4020,
            Level = LogLevel.Information,
            Message = "Offer {Offer}: {Count} credentials of {Configuration} issued"
        )]
        public static partial void Issued(ILogger logger, Guid offer, string configuration, int count);

        [LoggerMessage(
            EventId = 4021,
            Level = LogLevel.Warning,
            Message = "Offer {Offer}: nothing issued because of {Code}"
        )]
        public static partial void Denied(ILogger logger, Guid offer, string code);
    }
}
