using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Issuing;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Offers;

/// <summary>Makes an offer, when there is something attested to be put into its credentials.</summary>
internal sealed partial class CreateOffer(
    IDbContextFactory<CredentialsDbContext> contexts,
    AttestedClaims claims,
    CredentialTypes types,
    CredentialIssuer issuer,
    KeyedHashes hashes,
    IOptions<CredentialsOptions> options,
    TimeProvider time,
    ILogger<CreateOffer> logger
)
{
    public const int TxCodeLength = 6;

    private const int MaxConfigurations = 10;
    private const int MaxHours = 720;

    public async Task<Outcome<OfferMade>> HandleAsync(
        OfferRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Check(request, out var registrant, out var configurations) is { Count: > 0 } problems)
        {
            return OfferProblems.Invalid(problems);
        }

        foreach (var type in configurations.Select(configuration => configuration.Type).Distinct())
        {
            if (await claims.RefuseOfferAsync(type, registrant, caller, cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        var reference = KeyedHashes.NewSecret();
        var code = hashes.CodeOf(reference);
        var txCode = request.TxCode == false ? null : NewTxCode();
        var now = time.GetUtcNow();
        var offer = new Offer
        {
            Id = Guid.CreateVersion7(now),
            ReferenceHash = hashes.Of("offer", reference),
            CodeHash = hashes.Of("code", code),
            TxCodeHash = txCode is null ? null : hashes.Of("tx-code", code + "\n" + txCode),
            RegistrantId = registrant.Value,
            Configurations = string.Join(' ', configurations.Select(configuration => configuration.Id)),
            OfferedBy = caller.Id,
            OfferedAt = now,
            ExpiresAt = now.AddHours(request.ValidHours ?? options.Value.OfferHours),
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Offers.Add(offer);
        await db.SaveChangesAsync(cancellationToken);
        Log.Offered(logger, offer.Id, configurations.Count);
        return new OfferMade
        {
            Id = reference,
            OfferUri = OfferUris.Of(issuer, reference),
            TxCode = txCode,
            ExpiresAt = offer.ExpiresAt,
            Qr = issuer.At($"/credentials/offers/{reference}/qr"),
        };
    }

    private List<FieldProblem> Check(
        OfferRequest request,
        out RegistrantId registrant,
        out IReadOnlyList<CredentialConfiguration> configurations
    )
    {
        var problems = new List<FieldProblem>();
        if (!RegistrantId.TryParse(request.Registrant, out registrant))
        {
            problems.Add(new FieldProblem("registrant", "format", "Send the id of a registrant."));
        }

        var found = new List<CredentialConfiguration>();
        configurations = found;
        if (request.Configurations is not { Count: > 0 and <= MaxConfigurations } asked)
        {
            problems.Add(new FieldProblem("configurations", "count", $"Send 1 to {MaxConfigurations} of them."));
        }
        else
        {
            foreach (var (index, id) in asked.Index())
            {
                if (id is null || types.Find(id) is not { } configuration)
                {
                    problems.Add(
                        new FieldProblem(
                            $"configurations[{index}]",
                            "unknown",
                            "There is no such credential configuration; the issuer metadata lists them."
                        )
                    );
                }
                else if (found.Contains(configuration))
                {
                    problems.Add(new FieldProblem($"configurations[{index}]", "duplicate", "Send it once."));
                }
                else
                {
                    found.Add(configuration);
                }
            }
        }

        if (request.ValidHours is < 1 or > MaxHours)
        {
            problems.Add(new FieldProblem("validHours", "range", $"1 to {MaxHours}."));
        }

        return problems;
    }

    private static string NewTxCode() =>
        RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(4000, LogLevel.Information, "Offer {Offer} of {Count} credential configurations was made")]
        public static partial void Offered(ILogger logger, Guid offer, int count);
    }
}
