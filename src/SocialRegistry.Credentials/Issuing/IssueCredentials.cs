using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Credentials.Nonces;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Protocol;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>Signs one credential for each proven key; nonce, ledger and count are stored before a credential leaves.</summary>
internal sealed partial class IssueCredentials(
    IDbContextFactory<CredentialsDbContext> contexts,
    AttestedClaims claims,
    CredentialSigner signer,
    CredentialTypes types,
    CredentialIssuer issuer,
    KeyProofs proofs,
    IOptions<CredentialsOptions> options,
    TimeProvider time,
    ILogger<IssueCredentials> logger
)
{
    private static readonly WalletError Spent = WalletError.InvalidNonce(
        "The nonce of a key proof was used before. Ask for a new one."
    );

    public async Task<Reply<IssuedAnswer>> HandleAsync(
        CredentialRequest request,
        Offer offer,
        CancellationToken cancellationToken
    )
    {
        var named = request.Name.Find(types, issuer, offer.ConfigurationIds());
        if (named.Error is { } unnamed)
        {
            return unnamed;
        }

        var proven = proofs.Check(request.Proofs);
        if (proven.Error is { } unproven)
        {
            return unproven;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await IsSpentAsync(db, proven.Value!.Nonces, cancellationToken))
        {
            return Spent;
        }

        var configuration = named.Value!;
        var read = await claims.ReadAsync(configuration.Type, offer, cancellationToken);
        if (read.Error is { } denied)
        {
            return denied;
        }

        var rows = new List<IssuedCredential>();
        var credentials = new List<string>();
        foreach (var holder in proven.Value.Keys)
        {
            var row = Row(offer, configuration, read.Value!, holder);
            rows.Add(row);
            credentials.Add(
                signer.Sign(configuration.Format, Content(row, configuration, read.Value!), holder.Key, holder.Did)
            );
        }

        if (await KeepAsync(db, offer, rows, proven.Value.Nonces, cancellationToken) is { } refused)
        {
            return refused;
        }

        Log.Issued(logger, offer.Id, credentials.Count, configuration.Id);
        return new IssuedAnswer(configuration.Format.Name, credentials);
    }

    private IssuedCredential Row(
        Offer offer,
        CredentialConfiguration configuration,
        RecordClaims read,
        HolderKey holder
    )
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        return new IssuedCredential
        {
            RegistrantId = offer.RegistrantId,
            Id = Guid.CreateVersion7(now),
            OfferId = offer.Id,
            Configuration = configuration.Id,
            RecordVersion = read.Version,
            HolderKey = holder.Key.Thumbprint(),
            IssuedAt = now,
            ValidUntil = signer.EndOf(configuration.Format, now.AddDays(configuration.Type.ValidityDays)),
        };
    }

    private static CredentialContent Content(
        IssuedCredential row,
        CredentialConfiguration configuration,
        RecordClaims read
    ) =>
        new()
        {
            Id = "urn:uuid:" + row.Id.ToString("D"),
            Type = configuration.Type.Id,
            IssuedAt = row.IssuedAt,
            ValidUntil = row.ValidUntil,
            Claims = read.Claims,
            Attestations = read.Attestations,
        };

    /// <summary>One transaction; a nonce that another request spent meanwhile breaks its key and with it the whole.</summary>
    private async Task<WalletError?> KeepAsync(
        CredentialsDbContext db,
        Offer offer,
        List<IssuedCredential> rows,
        IReadOnlyList<UsedNonce> nonces,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var most = options.Value.CredentialsPerOffer - rows.Count;
        var counted = await db
            .Offers.Where(row => row.Id == offer.Id && row.Issued <= most)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Issued, row => row.Issued + rows.Count),
                cancellationToken
            );
        if (counted != 1)
        {
            return WalletError.Denied("All credentials of this offer were handed out. Ask for a new offer.");
        }

        db.UsedNonces.AddRange(nonces);
        db.Issued.AddRange(rows);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            if (await IsSpentAsync(db, nonces, cancellationToken))
            {
                return Spent;
            }

            throw;
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private static Task<bool> IsSpentAsync(
        CredentialsDbContext db,
        IReadOnlyList<UsedNonce> nonces,
        CancellationToken cancellationToken
    )
    {
        var asked = nonces.Select(nonce => nonce.Nonce).ToList();
        return db.UsedNonces.AsNoTracking().AnyAsync(used => asked.Contains(used.Nonce), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(4020, LogLevel.Information, "Offer {Offer}: {Count} credentials {Configuration} were issued")]
        public static partial void Issued(ILogger logger, Guid offer, int count, string configuration);
    }
}

/// <summary>What was issued.</summary>
internal sealed record IssuedAnswer(string Format, IReadOnlyList<string> Credentials);
