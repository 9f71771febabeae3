namespace SocialRegistry.Protection;

/// <summary>An open data key. Not thread-safe; dispose it to wipe the key.</summary>
public abstract class RecordKey : IDisposable
{
    /// <summary>VER_R2 head, 294 bytes: stored once per record key.</summary>
    public abstract byte[] Head { get; }

    /// <summary>The data key wrapped symmetrically, 60 bytes; <c>null</c> in mode strict.</summary>
    public abstract byte[]? FastWrap { get; }

    /// <summary>The tail of a value: nonce (12) · context tag (20) · ciphertext · GCM tag (16).</summary>
    /// <param name="field">Field path.</param>
    /// <param name="fieldClass"><c>personal</c> or <c>sensitive</c>.</param>
    public abstract byte[] Protect(string field, string fieldClass, ReadOnlySpan<byte> clear);

    /// <summary>The clear value of a tail that stands at this field.</summary>
    /// <exception cref="ProtectionException">Moved, copied, altered or truncated.</exception>
    public abstract byte[] Unprotect(string field, string fieldClass, ReadOnlySpan<byte> tail);

    public abstract void Dispose();
}
