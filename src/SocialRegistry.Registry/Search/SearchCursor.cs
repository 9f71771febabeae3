using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// Where a page ended, in a form that tells its holder nothing and that only this registry makes: AES-256-GCM over the last record's
/// sort values and id, bound to query, sort and caller.
/// </summary>
internal sealed class SearchCursors(IKeyRing keys)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Characters of a cursor; four long texts fit in.</summary>
    private const int MaxLength = 20_000;

    public string Seal(SearchPosition position, byte[] binding)
    {
        var clear = JsonSerializer.SerializeToUtf8Bytes(position);
        var cursor = new byte[NonceSize + clear.Length + TagSize];
        RandomNumberGenerator.Fill(cursor.AsSpan(..NonceSize));
        using var cipher = new AesGcm(keys.Secret("search/cursor"), TagSize);
        cipher.Encrypt(
            cursor.AsSpan(..NonceSize),
            clear,
            cursor.AsSpan(NonceSize, clear.Length),
            cursor.AsSpan(NonceSize + clear.Length),
            binding
        );
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>The position; <c>null</c> when the cursor was not made here for this binding.</summary>
    public SearchPosition? Open(string text, byte[] binding)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var cursor = Base64Url.DecodeFromChars(text);
        if (cursor.Length <= NonceSize + TagSize)
        {
            return null;
        }

        var clear = new byte[cursor.Length - NonceSize - TagSize];
        try
        {
            using var cipher = new AesGcm(keys.Secret("search/cursor"), TagSize);
            cipher.Decrypt(
                cursor.AsSpan(..NonceSize),
                cursor.AsSpan(NonceSize, clear.Length),
                cursor.AsSpan(NonceSize + clear.Length),
                clear,
                binding
            );
        }
        catch (CryptographicException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<SearchPosition>(clear);
    }

    /// <summary>What a cursor belongs to.</summary>
    public static byte[] Binding(SearchRequest request, Caller caller)
    {
        var text = JsonSerializer.Serialize(
            new
            {
                query = request.Query.ToJson(),
                sort = request.Sort,
                kind = caller.Kind,
                caller = caller.Id,
            }
        );
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}

/// <summary>The last record of a page.</summary>
/// <param name="Values">What it is sorted by, as stored; null where it has no value.</param>
internal sealed record SearchPosition(IReadOnlyList<JsonElement?> Values, Guid Id);
