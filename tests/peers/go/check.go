// SPDX-License-Identifier: Apache-2.0

// Check reads a log folder of ours with the code that checks Go's own module log, and says whether everything agrees.
//
//	check FOLDER VERIFIER_KEY PROOFS
//
// Nothing here knows how we hash or sign: notes are opened by sumdb/note, everything about the tree is sumdb/tlog.
// PROOFS is the JSON file described in tests/peers/exports.py. Exit 0 and one line, or 1 and the reason.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// Claims are the proofs that we made: of an entry in the tree of a size, and of an older tree in a newer one.
type Claims struct {
	Inclusion []struct {
		Index  int64       `json:"index"`
		Size   int64       `json:"size"`
		Hashes []tlog.Hash `json:"hashes"`
	} `json:"inclusion"`
	Consistency []struct {
		Old    int64       `json:"old"`
		New    int64       `json:"new"`
		Hashes []tlog.Hash `json:"hashes"`
	} `json:"consistency"`
}

// Folder is a log in files, read as tlog.TileReader asks for it.
type Folder string

// Height is that of every tile of ours: 256 hashes.
func (folder Folder) Height() int { return height }

// SaveTiles keeps nothing: the files are there already.
func (folder Folder) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles reads each tile from the path that tlog gives it, without the height, and with `entries` for `data`.
func (folder Folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		path = strings.Replace(path, "tile/data/", "tile/entries/", 1)
		read, err := os.ReadFile(filepath.Join(string(folder), path))
		if err != nil {
			return nil, err
		}
		data[i] = read
	}
	return data, nil
}

// opened is the tree that the checkpoint's signature vouches for.
func (folder Folder) opened(key string) (tree tlog.Tree, err error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tree, err
	}
	message, err := os.ReadFile(filepath.Join(string(folder), "checkpoint"))
	if err != nil {
		return tree, err
	}
	signed, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	origin, rest, _ := strings.Cut(signed.Text, "\n")
	if origin != verifier.Name() || strings.Count(rest, "\n") != 2 {
		return tree, fmt.Errorf("the checkpoint is not three lines that begin with the name of the key")
	}
	// tlog reads the lines of size and root, but only under the first line of Go's own log.
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

// entries are those of one bundle, each after its length in two bytes.
func entries(bundle []byte) (found [][]byte, err error) {
	for len(bundle) > 0 {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return nil, fmt.Errorf("a bundle ends within an entry")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		found, bundle = append(found, bundle[2:end]), bundle[end:]
	}
	return found, nil
}

// Grown is the tree that tlog grows from the entries alone, in its own order of storing hashes.
//
// TileHashReader is not enough to judge every tile: the version that Debian has compares a full tile with its parent only
// from the len(stx)-th tile of a call on, and so lets a damaged one pass where several edges lie in one tile.
type Grown []tlog.Hash

// ReadHashes gives the hashes at these places; an error where the tree has none.
func (grown Grown) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(grown)) {
			return nil, fmt.Errorf("it lies beyond the tree")
		}
		found[i] = grown[index]
	}
	return found, nil
}

// edge is a bundle (level -1) or a tile of level 0 by its number, partial at the end of a tree of this size.
func edge(level int, number, size int64) tlog.Tile {
	tile := tlog.Tile{H: height, L: level, N: number, W: 1 << height}
	if rest := size - number<<height; rest < 1<<height {
		tile.W = int(rest)
	}
	return tile
}

// grow reads every entry of every bundle, in order, and appends it to a tree.
func (folder Folder) grow(size int64) (grown Grown, err error) {
	count := int64(0)
	for number := int64(0); number<<height < size; number++ {
		bundle := edge(-1, number, size)
		read, err := folder.ReadTiles([]tlog.Tile{bundle})
		if err != nil {
			return nil, err
		}
		found, err := entries(read[0])
		if err != nil || len(found) != bundle.W {
			return nil, fmt.Errorf("%s holds %d whole entries: %v", bundle.Path(), len(found), err)
		}
		for _, entry := range found {
			hashes, err := tlog.StoredHashes(count, entry, grown)
			if err != nil {
				return nil, err
			}
			grown, count = append(grown, hashes...), count+1
		}
	}
	return grown, nil
}

// agrees compares one file below tile/ with the tree that was grown from the entries.
func (folder Folder) agrees(tile tlog.Tile, grown Grown) error {
	read, err := folder.ReadTiles([]tlog.Tile{tile})
	if err != nil {
		return err
	}
	got := read[0]
	if tile.L == -1 {
		found, err := entries(got)
		if err != nil {
			return fmt.Errorf("%s: %v", tile.Path(), err)
		}
		got, tile.L = nil, 0
		for _, entry := range found {
			leaf := tlog.RecordHash(entry)
			got = append(got, leaf[:]...)
		}
	}
	want, err := tlog.ReadTileData(tile, grown)
	if err != nil || !bytes.Equal(want, got) {
		return fmt.Errorf("%s does not hold what the tree says: %v", tile.Path(), err)
	}
	return nil
}

// complete checks that every tile of a log of this size is there, and that all that lies below tile/ agrees.
func (folder Folder) complete(size int64, grown Grown) (count int, err error) {
	for _, tile := range tlog.NewTiles(height, 0, size) {
		if whole := size >> (height * uint(tile.L)); tile.W < 1<<height && int64(tile.W) != whole&(1<<height-1) {
			continue // a partial tile of an older size, which may be gone
		}
		if err := folder.agrees(tile, grown); err != nil {
			return 0, err
		}
	}
	return count, filepath.WalkDir(filepath.Join(string(folder), "tile"), func(path string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() {
			return err
		}
		below, _ := filepath.Rel(string(folder), path)
		below = strings.Replace(filepath.ToSlash(below), "tile/entries/", "tile/data/", 1)
		tile, err := tlog.ParseTilePath(strings.Replace(below, "tile/", "tile/8/", 1))
		if err != nil {
			return err
		}
		count++
		return folder.agrees(tile, grown)
	})
}

// proofs makes each proof of ours once more, from the tiles, and checks both.
func proofs(hashes tlog.HashReader, claims Claims) error {
	for _, claim := range claims.Inclusion {
		root, err := tlog.TreeHash(claim.Size, hashes)
		if err != nil {
			return err
		}
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, claim.Index)})
		if err != nil {
			return err
		}
		made, err := tlog.ProveRecord(claim.Size, claim.Index, hashes)
		if err != nil {
			return err
		}
		for _, proof := range []tlog.RecordProof{made, claim.Hashes} {
			if err := tlog.CheckRecord(proof, claim.Size, root, claim.Index, leaf[0]); err != nil {
				return fmt.Errorf("entry %d in %d: %v", claim.Index, claim.Size, err)
			}
		}
	}
	for _, claim := range claims.Consistency {
		before, err := tlog.TreeHash(claim.Old, hashes)
		if err != nil {
			return err
		}
		after, err := tlog.TreeHash(claim.New, hashes)
		if err != nil {
			return err
		}
		made, err := tlog.ProveTree(claim.New, claim.Old, hashes)
		if err != nil {
			return err
		}
		for _, proof := range []tlog.TreeProof{made, claim.Hashes} {
			if err := tlog.CheckTree(proof, claim.New, after, claim.Old, before); err != nil {
				return fmt.Errorf("size %d in %d: %v", claim.Old, claim.New, err)
			}
		}
	}
	return nil
}

func check(folder Folder, key, path string) error {
	var claims Claims
	if text, err := os.ReadFile(path); err != nil {
		return err
	} else if err := json.Unmarshal(text, &claims); err != nil {
		return err
	}
	tree, err := folder.opened(key)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, folder)
	if root, err := tlog.TreeHash(tree.N, hashes); err != nil || root != tree.Hash {
		return fmt.Errorf("the tiles do not give the root of the checkpoint: %v", err)
	}
	grown, err := folder.grow(tree.N)
	if err != nil {
		return err
	}
	if root, err := tlog.TreeHash(tree.N, grown); err != nil || root != tree.Hash {
		return fmt.Errorf("the entries do not give the root of the checkpoint: %v", err)
	}
	count, err := folder.complete(tree.N, grown)
	if err != nil {
		return err
	}
	if err := proofs(hashes, claims); err != nil {
		return err
	}
	fmt.Printf("ok: %d entries, %d files, %d and %d proofs\n", tree.N, count, len(claims.Inclusion), len(claims.Consistency))
	return nil
}

func main() {
	if len(os.Args) != 4 {
		fmt.Println("usage: check FOLDER VERIFIER_KEY PROOFS")
		os.Exit(1)
	}
	if err := check(Folder(os.Args[1]), os.Args[2], os.Args[3]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
