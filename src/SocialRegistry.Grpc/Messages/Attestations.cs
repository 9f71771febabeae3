using Google.Protobuf;
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
            Signature = view.Signature?.ToWire(),
        };
        if (view.Document is { } document)
        {
            wire.DocumentId = document.ToString();
        }

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
            Document = wire.HasDocumentId ? wire.DocumentId.ToDocumentId("document_id") : null,
            Signature = wire.Signature?.ToView(),
        };

    public static V1.AttestOutcome ToWire(this Outcome<AttestationView> outcome) =>
        outcome.Succeeded
            ? new() { Attestation = outcome.Value.ToWire() }
            : new() { Problem = outcome.Problem.ToWire() };

    public static Outcome<AttestationView> ToView(this V1.AttestOutcome wire) =>
        wire.OutcomeCase switch
        {
            V1.AttestOutcome.OutcomeOneofCase.Attestation => wire.Attestation.ToView(),
            V1.AttestOutcome.OutcomeOneofCase.Problem => wire.Problem.ToView(),
            _ => throw UnreadableMessageException.Of("outcome", "required", "expected attestation or problem"),
        };

    public static V1.AttestationHistoryReply ToWire(this Page<AttestationView> page)
    {
        var wire = new V1.AttestationHistoryReply { Attestations = { page.Items.Select(ToWire) } };
        if (page.Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }

    public static Page<AttestationView> ToView(this V1.AttestationHistoryReply wire) =>
        new([.. wire.Attestations.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static V1.WaitingAttestationsRequest ToWire(this WaitingFilter filter, PageRequest page)
    {
        var wire = new V1.WaitingAttestationsRequest { Page = page.ToWire() };
        if (filter.Field is { } field)
        {
            wire.Field = field;
        }

        if (filter.Area is { } area)
        {
            wire.Area = area;
        }

        if (filter.Kind is { } kind)
        {
            wire.Kind = kind;
        }

        return wire;
    }

    public static WaitingFilter ToFilter(this V1.WaitingAttestationsRequest wire) =>
        new(wire.HasField ? wire.Field : null, wire.HasArea ? wire.Area : null, wire.HasKind ? wire.Kind : null);

    public static V1.WaitingAttestationsReply ToWire(this Page<WaitingAttestation> page)
    {
        var wire = new V1.WaitingAttestationsReply
        {
            Items =
            {
                page.Items.Select(i => new V1.WaitingAttestation
                {
                    RegistrantId = i.Id.ToString(),
                    Kind = i.Kind,
                    Field = i.Field,
                    Status = i.Status,
                    ChangedAt = i.ChangedAt.ToWire(),
                }),
            },
        };
        if (page.Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }

    public static Page<WaitingAttestation> ToView(this V1.WaitingAttestationsReply wire) =>
        new(
            [
                .. wire.Items.Select(i => new WaitingAttestation(
                    i.RegistrantId.ToRegistrantId("registrant_id"),
                    i.Kind,
                    i.Field,
                    i.Status,
                    i.ChangedAt?.ToMoment("changed_at")
                        ?? throw UnreadableMessageException.Of("changed_at", "required", "expected a moment")
                )),
            ],
            wire.HasNext ? wire.Next : null
        );

    public static V1.AttestRequest ToWire(this AttestationStatement statement, RegistrantId id, string field)
    {
        var wire = new V1.AttestRequest
        {
            RegistrantId = id.ToString(),
            Field = field,
            Status = statement.Status,
            Signature = statement.Signature?.ToWire(),
        };
        if (statement.Document is { } document)
        {
            wire.DocumentId = document.ToString();
        }

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
            Document = wire.HasDocumentId ? wire.DocumentId.ToDocumentId("document_id") : null,
            Signature = wire.Signature?.ToView(),
        };

    private static V1.StatementSignature ToWire(this StatementSignature signature) =>
        new() { Key = signature.Key, Digest = ByteString.CopyFrom(signature.Digest) };

    private static StatementSignature ToView(this V1.StatementSignature wire) =>
        wire.Key.Length is > 0 and <= 60 && wire.Digest.Length == StatementSignature.DigestSize
            ? new(wire.Key, wire.Digest.ToByteArray())
            : throw UnreadableMessageException.Of("signature", "format", "expected a thumbprint and 32 bytes");
}
