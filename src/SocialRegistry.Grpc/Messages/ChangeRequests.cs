using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class ChangeRequests
{
    public static V1.CreateChangeRequestRequest ToWire(this NewChangeRequest request)
    {
        var wire = new V1.CreateChangeRequestRequest
        {
            Type = request.Type,
            Payload = request.Payload.GetRawText(),
            Reason = request.Reason,
            DocumentIds = { request.Documents.Select(d => d.ToString()) },
            Submit = request.Submit,
        };
        request.Subject?.ToString().IfThere(id => wire.SubjectId = id);
        request.EffectiveOn.IfThere(day => wire.EffectiveOn = day);
        request.DueOn.IfThere(day => wire.DueOn = day);
        request.IdempotencyKey.IfThere(key => wire.IdempotencyKey = key);
        return wire;
    }

    public static NewChangeRequest ToRequest(this V1.CreateChangeRequestRequest wire) =>
        new()
        {
            Type = wire.Type,
            Subject = wire.HasSubjectId ? wire.SubjectId.ToRegistrantId("subject_id") : null,
            Payload = wire.Payload.ToJson("payload"),
            Reason = wire.Reason,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToDate("effective_on") : null,
            DueOn = wire.HasDueOn ? wire.DueOn.ToDate("due_on") : null,
            Documents = [.. wire.DocumentIds.Select(ToDocument)],
            Submit = wire.Submit,
            IdempotencyKey = wire.HasIdempotencyKey ? wire.IdempotencyKey : null,
        };

    public static V1.UpdateChangeRequestRequest ToWire(this ChangeRequestEdit edit, ChangeRequestId id)
    {
        var wire = new V1.UpdateChangeRequestRequest { Id = id.ToString(), ExpectedVersion = edit.ExpectedVersion };
        edit.Payload?.GetRawText().IfThere(text => wire.Payload = text);
        edit.Reason.IfThere(reason => wire.Reason = reason);
        edit.EffectiveOn.IfThere(day => wire.EffectiveOn = day);
        edit.DueOn.IfThere(day => wire.DueOn = day);
        if (edit.Documents is { } documents)
        {
            wire.Documents = new V1.DocumentIds { Items = { documents.Select(d => d.ToString()) } };
        }

        return wire;
    }

    public static ChangeRequestEdit ToEdit(this V1.UpdateChangeRequestRequest wire) =>
        new()
        {
            ExpectedVersion = wire.ExpectedVersion,
            Payload = wire.HasPayload ? wire.Payload.ToJson("payload") : null,
            Reason = wire.HasReason ? wire.Reason : null,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToDate("effective_on") : null,
            DueOn = wire.HasDueOn ? wire.DueOn.ToDate("due_on") : null,
            Documents = wire.Documents is { } documents ? [.. documents.Items.Select(ToDocument)] : null,
        };

    public static V1.ActOnChangeRequestRequest ToWire(this ChangeRequestStep step, ChangeRequestId id)
    {
        var wire = new V1.ActOnChangeRequestRequest { Id = id.ToString(), Action = step.Action };
        step.Comment.IfThere(comment => wire.Comment = comment);
        if (step.ExpectedVersion is { } version)
        {
            wire.ExpectedVersion = version;
        }

        return wire;
    }

    public static ChangeRequestStep ToStep(this V1.ActOnChangeRequestRequest wire) =>
        new()
        {
            Action = wire.Action,
            Comment = wire.HasComment ? wire.Comment : null,
            ExpectedVersion = wire.HasExpectedVersion ? wire.ExpectedVersion : null,
        };

    public static V1.ListChangeRequestsRequest ToWire(this ChangeRequestQuery query, PageRequest page)
    {
        var wire = new V1.ListChangeRequestsRequest
        {
            States = { query.States },
            Mine = query.Mine,
            Overdue = query.Overdue,
            Page = page.ToWire(),
        };
        query.Type.IfThere(type => wire.Type = type);
        query.Subject?.ToString().IfThere(id => wire.SubjectId = id);
        query.Area.IfThere(area => wire.Area = area);
        if (query.Claimed is { } claimed)
        {
            wire.Claimed = claimed;
        }

        return wire;
    }

    public static ChangeRequestQuery ToQuery(this V1.ListChangeRequestsRequest wire) =>
        new()
        {
            States = [.. wire.States],
            Type = wire.HasType ? wire.Type : null,
            Subject = wire.HasSubjectId ? wire.SubjectId.ToRegistrantId("subject_id") : null,
            Area = wire.HasArea ? wire.Area : null,
            Mine = wire.Mine,
            Claimed = wire.HasClaimed ? wire.Claimed : null,
            Overdue = wire.Overdue,
        };

    public static V1.ChangeRequestReply ToReply(this ChangeRequestView view) => new() { Request = view.ToWire() };

    public static V1.ListChangeRequestsReply ToWire(this Page<ChangeRequestView> page)
    {
        var wire = new V1.ListChangeRequestsReply { Requests = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<ChangeRequestView> ToView(this V1.ListChangeRequestsReply wire) =>
        new([.. wire.Requests.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static ChangeRequestView ToView(this V1.ChangeRequestReply reply) =>
        reply.Request?.ToView()
        ?? throw UnreadableMessageException.Of("request", "required", "expected a change request");

    public static ChangeRequestId ToChangeRequestId(this string text, string field) => new(text.ToUuid(field));

    private static V1.ChangeRequest ToWire(this ChangeRequestView view)
    {
        var wire = new V1.ChangeRequest
        {
            Id = view.Id.ToString(),
            Version = view.Version,
            Type = view.Type,
            State = view.State,
            Fields = { view.Fields },
            MadeBy = view.MadeBy,
            MadeAt = view.MadeAt.ToWire(),
            SubmittedAt = view.SubmittedAt?.ToWire(),
            Stages = view.Stages,
            Stage = view.Stage,
            ClaimedUntil = view.ClaimedUntil?.ToWire(),
            ApprovedBy = { view.ApprovedBy },
            Warnings =
            {
                view.Warnings.Select(w => new V1.ChangeRequestWarning
                {
                    Code = w.Code,
                    RequestId = w.Request.ToString(),
                }),
            },
            Failure = view.Failure?.ToWire(),
            DocumentIds = { view.Documents.Select(d => d.ToString()) },
            Masked = { view.Masked },
            Hidden = { view.Hidden },
            History = { view.History.Select(ToWire) },
        };
        view.Subject?.ToString().IfThere(id => wire.SubjectId = id);
        view.Result?.ToString().IfThere(id => wire.ResultId = id);
        view.DueOn.IfThere(day => wire.DueOn = day);
        view.EffectiveOn.IfThere(day => wire.EffectiveOn = day);
        view.ClaimedBy.IfThere(by => wire.ClaimedBy = by);
        view.Payload?.GetRawText().IfThere(text => wire.Payload = text);
        view.Reason.IfThere(reason => wire.Reason = reason);
        return wire;
    }

    private static ChangeRequestView ToView(this V1.ChangeRequest wire) =>
        new()
        {
            Id = wire.Id.ToChangeRequestId("id"),
            Version = wire.Version,
            Type = wire.Type,
            State = wire.State,
            Subject = wire.HasSubjectId ? wire.SubjectId.ToRegistrantId("subject_id") : null,
            Fields = [.. wire.Fields],
            MadeBy = wire.MadeBy,
            MadeAt = wire.MadeAt.ToMoment("made_at"),
            SubmittedAt = wire.SubmittedAt is null ? null : wire.SubmittedAt.ToMoment("submitted_at"),
            DueOn = wire.HasDueOn ? wire.DueOn.ToDate("due_on") : null,
            Stages = wire.Stages,
            Stage = wire.Stage,
            ClaimedBy = wire.HasClaimedBy ? wire.ClaimedBy : null,
            ClaimedUntil = wire.ClaimedUntil is null ? null : wire.ClaimedUntil.ToMoment("claimed_until"),
            ApprovedBy = [.. wire.ApprovedBy],
            Warnings =
            [
                .. wire.Warnings.Select(w => new ChangeRequestWarning(
                    w.Code,
                    w.RequestId.ToChangeRequestId("request_id")
                )),
            ],
            Failure = wire.Failure?.ToView(),
            Result = wire.HasResultId ? wire.ResultId.ToRegistrantId("result_id") : null,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToDate("effective_on") : null,
            Documents = [.. wire.DocumentIds.Select(ToDocument)],
            Payload = wire.HasPayload ? wire.Payload.ToJson("payload") : null,
            Masked = [.. wire.Masked],
            Hidden = [.. wire.Hidden],
            Reason = wire.HasReason ? wire.Reason : null,
            History = [.. wire.History.Select(ToView)],
        };

    private static V1.ChangeRequestEntry ToWire(ChangeRequestEntry entry)
    {
        var wire = new V1.ChangeRequestEntry
        {
            At = entry.At.ToWire(),
            By = entry.By,
            Action = entry.Action,
            Stage = entry.Stage,
        };
        entry.Code.IfThere(code => wire.Code = code);
        entry.Comment.IfThere(comment => wire.Comment = comment);
        return wire;
    }

    private static ChangeRequestEntry ToView(V1.ChangeRequestEntry wire) =>
        new()
        {
            At = wire.At.ToMoment("at"),
            By = wire.By,
            Action = wire.Action,
            Stage = wire.Stage,
            Code = wire.HasCode ? wire.Code : null,
            Comment = wire.HasComment ? wire.Comment : null,
        };

    private static DocumentId ToDocument(string text) => new(text.ToUuid("document_ids"));
}
