package com.medspasync.clients;

import com.medspasync.contact.PersonName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One way in which what was typed can be somebody's name. A search looks along each in turn, down the index of the column that
 * leads; who answers to several is found along the first.
 *
 * @param lead the column whose index is walked
 * @param last what the last name's column may hold
 * @param first what the first name's column may hold
 */
record NameBranch(Lead lead, NameRange last, NameRange first) {

    enum Lead {
        LAST,
        FIRST
    }

    /** Between how many of the words at the front a first and a last name are looked for. */
    private static final int MOST_SPLITS = 3;

    /** One name as far as it is typed, or both in either order, of which the second as far as it is typed. */
    static List<NameBranch> ofLetters(String typed) {
        String text = PersonName.searchForm(typed);
        List<NameBranch> branches = new ArrayList<>();
        branches.add(new NameBranch(Lead.LAST, NameRange.beginningWith(text), NameRange.ANY));
        branches.add(new NameBranch(Lead.FIRST, NameRange.ANY, NameRange.beginningWith(text)));
        for (String[] split : splits(text)) {
            NameRange whole = NameRange.exactly(split[0]);
            NameRange begun = NameRange.beginningWith(split[1]);
            branches.add(new NameBranch(Lead.FIRST, begun, whole));
            branches.add(new NameBranch(Lead.LAST, whole, begun));
        }
        return branches;
    }

    /** One name that sounds like it, or both in either order; a name of several words may have more of them. */
    static List<NameBranch> ofSound(String typed) {
        LinkedHashSet<NameBranch> branches = new LinkedHashSet<>();
        List<String> whole = PersonName.soundForms(typed);
        whole.forEach(code -> branches.add(new NameBranch(Lead.LAST, NameRange.words(code), NameRange.ANY)));
        whole.forEach(code -> branches.add(new NameBranch(Lead.FIRST, NameRange.ANY, NameRange.words(code))));
        for (String[] split : splits(PersonName.searchForm(typed))) {
            addSounds(branches, split[0], split[1]);
            addSounds(branches, split[1], split[0]);
        }
        return List.copyOf(branches);
    }

    private static void addSounds(LinkedHashSet<NameBranch> branches, String first, String last) {
        for (String firstCode : PersonName.soundForms(first)) {
            for (String lastCode : PersonName.soundForms(last)) {
                branches.add(new NameBranch(Lead.LAST, NameRange.words(lastCode), NameRange.words(firstCode)));
            }
        }
    }

    /** The words before and after each of the first spaces. */
    private static List<String[]> splits(String text) {
        List<String[]> splits = new ArrayList<>();
        for (int space = text.indexOf(' ');
                space > 0 && splits.size() < MOST_SPLITS;
                space = text.indexOf(' ', space + 1)) {
            splits.add(new String[] {text.substring(0, space), text.substring(space + 1)});
        }
        return splits;
    }
}
