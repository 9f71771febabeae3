using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Attestations
{
    public static V1.Attestation ToWire(this AttestationView view)
    {
        var wire = new V1.Attestation
        {
            Field = view.Field,
            Status = view.Status,
            ValueHash = view.ValueHash,
            AttestedAt = view.AttestedAt?.ToWire(),
        };
        if (view.AttestedBy is { } by)
        {
            wire.AttestedBy = by;
        }

        if (view.Comments is { } comments)
        {
            wire.Comments = comments;
        }

        if (view.Evidence is { } evidence)
        {
            wire.Evidence = evidence;
        }

        if (view.Method is { } method)
        {
            wire.Method = method;
        }

        if (view.ValidUntil is { } date)
        {
            wire.ValidUntil = date.ToWire();
        }

        return wire;
    }

    public static AttestationView ToView(this V1.Attestation wire) =>
        new()
        {
            Field = wire.Field,
            Status = wire.Status,
            ValueHash = wire.ValueHash,
            AttestedBy = wire.HasAttestedBy ? wire.AttestedBy : null,
            AttestedAt = wire.AttestedAt?.ToMoment("attested_at"),
            Comments = wire.HasComments ? wire.Comments : null,
            Evidence = wire.HasEvidence ? wire.Evidence : null,
            Method = wire.HasMethod ? wire.Method : null,
            ValidUntil = wire.HasValidUntil ? wire.ValidUntil.ToDate("valid_until") : null,
        };

    public static V1.AttestRequest ToWire(this AttestationStatement statement, RegistrantId id, string field)
    {
        var wire = new V1.AttestRequest
        {
            RegistrantId = id.ToString(),
            Field = field,
            Status = statement.Status,
        };
        if (statement.Comments is { } comments)
        {
            wire.Comments = comments;
        }

        if (statement.ValueHash is { } hash)
        {
            wire.ValueHash = hash;
        }

        if (statement.Evidence is { } evidence)
        {
            wire.Evidence = evidence;
        }

        if (statement.Method is { } method)
        {
            wire.Method = method;
        }

        if (statement.ValidUntil is { } date)
        {
            wire.ValidUntil = date.ToWire();
        }

        return wire;
    }

    public static AttestationStatement ToRequest(this V1.AttestRequest wire) =>
        new()
        {
            Status = wire.Status,
            Comments = wire.HasComments ? wire.Comments : null,
            ValueHash = wire.HasValueHash ? wire.ValueHash : null,
            Evidence = wire.HasEvidence ? wire.Evidence : null,
            Method = wire.HasMethod ? wire.Method : null,
            ValidUntil = wire.HasValidUntil ? wire.ValidUntil.ToDate("valid_until") : null,
        };
}
