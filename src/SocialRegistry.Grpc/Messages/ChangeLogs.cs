using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class ChangeLogs
{
    public static V1.Checkpoint ToWire(this LogCheckpointView view) =>
        new()
        {
            Size = view.Size,
            Root = view.Root,
            At = view.At.ToWire(),
            Note = view.Note,
        };

    public static LogCheckpointView ToView(this V1.Checkpoint? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("checkpoint", "required", "expected a checkpoint")
            : new LogCheckpointView(wire.Size, wire.Root, wire.At.ToMoment("at"), wire.Note);

    public static V1.ListCheckpointsReply ToWire(this Page<LogCheckpointView> page)
    {
        var wire = new V1.ListCheckpointsReply { Items = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<LogCheckpointView> ToView(this V1.ListCheckpointsReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static V1.InclusionReply ToWire(this InclusionProof proof)
    {
        var wire = new V1.InclusionReply
        {
            Leaf = new V1.Leaf
            {
                Index = proof.Leaf.Index,
                Kind = proof.Leaf.Kind,
                Owner = proof.Leaf.Owner.ToString("D"),
                Number = proof.Leaf.Number,
                Data = proof.Leaf.Data,
                Hash = proof.Leaf.Hash,
            },
            Size = proof.Size,
            Root = proof.Root,
            Hashes = { proof.Hashes },
        };
        proof.Checkpoint.IfThere(note => wire.Checkpoint = note);
        return wire;
    }

    public static InclusionProof ToView(this V1.InclusionReply wire) =>
        new(
            wire.Leaf is { } leaf
                ? new LogLeafView(leaf.Index, leaf.Kind, leaf.Owner.ToUuid("owner"), leaf.Number, leaf.Data, leaf.Hash)
                : throw UnreadableMessageException.Of("leaf", "required", "expected a leaf"),
            wire.Size,
            wire.Root,
            [.. wire.Hashes],
            wire.HasCheckpoint ? wire.Checkpoint : null
        );

    public static V1.ConsistencyReply ToWire(this ConsistencyProof proof) =>
        new()
        {
            From = proof.From,
            FromRoot = proof.FromRoot,
            To = proof.To,
            ToRoot = proof.ToRoot,
            Hashes = { proof.Hashes },
        };

    public static ConsistencyProof ToView(this V1.ConsistencyReply wire) =>
        new(wire.From, wire.FromRoot, wire.To, wire.ToRoot, [.. wire.Hashes]);

    public static V1.ListLogEntriesReply ToWire(this Page<string> page)
    {
        var wire = new V1.ListLogEntriesReply { Lines = { page.Items } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<string> ToView(this V1.ListLogEntriesReply wire) =>
        new([.. wire.Lines], wire.HasNext ? wire.Next : null);
}
